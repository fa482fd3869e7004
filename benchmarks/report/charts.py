"""Bars made of letters, which need nothing to be looked at and show in a diff what has changed."""

WIDTH = 44
EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(value, top):
    """A bar of which the whole width is the top; a value that is below nothing has none."""
    eighths = round(max(0.0, min(value, top)) / top * WIDTH * 8)
    whole, part = divmod(eighths, 8)
    return "█" * whole + (EIGHTHS[part] if part else "")


def chart(figures):
    """One line for each, with a mark where the aim lies when there is one."""
    figures = list(figures)
    name = max(len(figure.what) for figure in figures)
    top = max(max(figure.median, figure.aim or 0) for figure in figures) * 1.02
    if top <= 0:
        return ""
    lines = []
    for figure in figures:
        drawn = bar(figure.median, top).ljust(WIDTH)
        if figure.aim is not None:
            place = min(WIDTH - 1, int(figure.aim / top * WIDTH))
            drawn = drawn[:place] + "│" + drawn[place + 1:]
        lines.append(f"{figure.what:<{name}}  {drawn}  {number(figure.median)} {figure.unit}")
    return "\n".join(["```", *(line.rstrip() for line in lines), "```"])


def number(value):
    """With as many digits as tell something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
