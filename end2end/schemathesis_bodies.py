# How bodies of the office's own kinds are made up: as any bytes.
import schemathesis

for kind in ("frame", "sealed", "paper", "page"):
    schemathesis.serializer.alias(f"application/vnd.bankhai.{kind}", "application/octet-stream")
