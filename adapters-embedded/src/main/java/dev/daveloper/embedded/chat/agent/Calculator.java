package dev.daveloper.embedded.chat.agent;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.functions.basic.AbsFunction;
import com.ezylang.evalex.functions.basic.MaxFunction;
import com.ezylang.evalex.functions.basic.MinFunction;
import com.ezylang.evalex.functions.basic.SqrtFunction;
import com.ezylang.evalex.operators.arithmetic.InfixDivisionOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.InfixModuloOperator;
import com.ezylang.evalex.operators.arithmetic.InfixMultiplicationOperator;
import com.ezylang.evalex.operators.arithmetic.InfixPlusOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixMinusOperator;
import com.ezylang.evalex.operators.arithmetic.PrefixPlusOperator;
import com.ezylang.evalex.parser.ParseException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.ToolResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Computes, with numbers, operators and four functions and nothing else. */
final class Calculator implements AgentTool {
    static final String NAME = "calculator";
    static final int MAX_EXPRESSION_CHARS = 200;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_FRACTION_DIGITS = 40;

    /** Beyond these the digits are not known, and zeros in their place would pretend that they are. */
    private static final int EXACT_DIGITS = MathContext.DECIMAL128.getPrecision();

    private static final Pattern ALLOWED = Pattern.compile("[0-9.,+\\-*/^%() \\t]|\\b(?:sqrt|abs|min|max)\\b");

    @SuppressWarnings("unchecked")
    private static final ExpressionConfiguration CONFIGURATION = ExpressionConfiguration.builder()
            .mathContext(MathContext.DECIMAL128)
            .arraysAllowed(false)
            .structuresAllowed(false)
            .binaryAllowed(false)
            .implicitMultiplicationAllowed(false)
            .maxRecursionDepth(MAX_EXPRESSION_CHARS)
            .defaultConstants(Map.of())
            .operatorDictionary(MapBasedOperatorDictionary.ofOperators(
                    Map.entry("+", new PrefixPlusOperator()),
                    Map.entry("-", new PrefixMinusOperator()),
                    Map.entry("+", new InfixPlusOperator()),
                    Map.entry("-", new InfixMinusOperator()),
                    Map.entry("*", new InfixMultiplicationOperator()),
                    Map.entry("/", new InfixDivisionOperator()),
                    Map.entry("%", new InfixModuloOperator()),
                    Map.entry("^", new BoundedPower())))
            .functionDictionary(MapBasedFunctionDictionary.ofFunctions(
                    Map.entry("SQRT", new SqrtFunction()),
                    Map.entry("ABS", new AbsFunction()),
                    Map.entry("MIN", new MinFunction()),
                    Map.entry("MAX", new MaxFunction())))
            .build();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Computes an arithmetic expression with + - * / % ^, parentheses, sqrt, abs, min and max.";
    }

    @Override
    public List<Parameter> parameters() {
        String expression = "The expression, such as 12 * (3 + 4).";
        return List.of(new Parameter("expression", Parameter.Type.TEXT, true, 1, MAX_EXPRESSION_CHARS, expression));
    }

    @Override
    public ToolResult use(JsonNode arguments, Evidence evidence) {
        String expression = arguments.get("expression").textValue();
        if (!isAllowed(expression)) {
            return new ToolResult(false, "This is no expression that the calculator understands.");
        }
        try {
            BigDecimal value =
                    new Expression(expression, CONFIGURATION).evaluate().getNumberValue();
            return new ToolResult(
                    true,
                    JsonText.object()
                            .put("expression", expression)
                            .put("result", written(value))
                            .toString());
        } catch (EvaluationException | ParseException | ArithmeticException e) {
            return new ToolResult(false, "The expression has no result that can be computed here.");
        }
    }

    private static boolean isAllowed(String expression) {
        Matcher allowed = ALLOWED.matcher(expression);
        return allowed.replaceAll("").isEmpty() && depthOf(expression) <= MAX_DEPTH;
    }

    private static int depthOf(String expression) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < expression.length(); i++) {
            depth += expression.charAt(i) == '(' ? 1 : expression.charAt(i) == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private static String written(BigDecimal value) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        long wholeDigits = (long) plain.precision() - plain.scale();
        boolean isLong = wholeDigits > EXACT_DIGITS || plain.scale() > MAX_FRACTION_DIGITS;
        return isLong ? plain.toString() : plain.toPlainString();
    }
}
