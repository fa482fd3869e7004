# Verifies a delivery with what Python brings along.
import base64
import hashlib
import hmac
import json
import re
import time

TOLERANCE_SECONDS = 5 * 60


def verify(headers, body, secret, now=None):
    """The event; raises ValueError when it is not from the gateway, or too old. `body` is bytes."""
    event_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", timestamp):
        raise ValueError("no time")
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE_SECONDS:
        raise ValueError("too old")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{event_id}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    given = headers.get("webhook-signature", "").encode().split(b" ")
    if not any(hmac.compare_digest(expected, signature) for signature in given):
        raise ValueError("not signed with this secret")
    return json.loads(body)
