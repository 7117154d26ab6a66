# How bodies of the office's own kinds are made up: as any bytes.
import schemathesis

for kind in ("application/vnd.bankhai.frame", "application/vnd.bankhai.sealed", "application/vnd.bankhai.paper"):
    schemathesis.serializer.alias(kind, "application/octet-stream")
