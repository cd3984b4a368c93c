"""Serves the churn model over the KServe V1 and Open Inference (V2) protocols.

    MODEL_DIR=model PORT=8080 python3 api.py

A model that cannot be loaded ends the process at once: a pod that crashes is
seen, a pod that answers wrongly is not.
"""
import hashlib
import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from churn_model import MODEL_FILE, InvalidInstance, load_model, predict

NAME = "churn"
MODEL_DIR = os.environ.get("MODEL_DIR", "/mnt/models")
HOST = os.environ.get("HOST", "0.0.0.0")
PORT = int(os.environ.get("PORT", "8080"))
LARGEST_BODY = 1024 * 1024


class Counters:
    """What /metrics shows, in the Prometheus text format."""

    def __init__(self):
        self._lock = threading.Lock()
        self._classes = {0: 0, 1: 0}
        self._responses = {}
        self._seconds = 0.0

    def answered(self, status, seconds, predictions):
        with self._lock:
            self._responses[status] = self._responses.get(status, 0) + 1
            self._seconds += seconds
            for value in predictions:
                self._classes[value] += 1

    def text(self, version):
        with self._lock:
            lines = ["# TYPE model_predictions_total counter"]
            for value, count in sorted(self._classes.items()):
                lines.append('model_predictions_total{model="%s",class="%d"} %d' % (NAME, value, count))
            lines.append("# TYPE request_predict_seconds summary")
            total = sum(self._responses.values())
            lines.append('request_predict_seconds_sum{model="%s"} %.6f' % (NAME, self._seconds))
            lines.append('request_predict_seconds_count{model="%s"} %d' % (NAME, total))
            lines.append("# TYPE http_responses_total counter")
            for status, count in sorted(self._responses.items()):
                lines.append('http_responses_total{code="%d"} %d' % (status, count))
            lines.append("# TYPE model_info gauge")
            lines.append('model_info{model="%s",version="%s"} 1' % (NAME, version))
        return "\n".join(lines) + "\n"


class BadRequest(Exception):
    """Answered with 400 and this text."""


class ChurnServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address, model, version):
        super().__init__(address, Handler)
        self.model = model
        self.version = version
        self.counters = Counters()
        self._active = 0
        self._idle = threading.Condition()

    def enter(self):
        with self._idle:
            self._active += 1

    def leave(self):
        with self._idle:
            self._active -= 1
            self._idle.notify_all()

    def drain(self, seconds):
        """Waits for the requests that are being answered; idle kept-alive connections do not count."""
        with self._idle:
            self._idle.wait_for(lambda: self._active == 0, timeout=seconds)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "churn"
    # Headers and body are two writes; with Nagle's algorithm the second waits 40 ms for the client's delayed ACK.
    disable_nagle_algorithm = True
    active = False

    def parse_request(self):
        self.server.enter()
        self.active = True
        return super().parse_request()

    def handle_one_request(self):
        try:
            super().handle_one_request()
        finally:
            if self.active:
                self.active = False
                self.server.leave()

    def do_GET(self):
        name = {"name": NAME, "ready": True}
        pages = {
            "/": {"status": "alive"},
            "/health": {"status": "ok", "model": NAME, "version": self.server.version},
            "/v1/models": {"models": [NAME]},
            "/v1/models/%s" % NAME: name,
            "/v2/health/live": {"live": True},
            "/v2/health/ready": {"ready": True},
            "/v2/models/%s/ready" % NAME: name,
            "/v2/models/%s" % NAME: self._metadata(),
        }
        path = self.path.split("?")[0]
        if path == "/metrics":
            self._send(200, self.server.counters.text(self.server.version), "text/plain; version=0.0.4")
        elif path in pages:
            self._json(200, pages[path])
        else:
            self._not_found(path)

    def do_POST(self):
        started = time.monotonic()
        path = self.path.split("?")[0]
        answers = {
            "/v1/models/%s:predict" % NAME: self._predict_v1,
            "/v2/models/%s/infer" % NAME: self._infer_v2,
        }
        body = self._read_body()
        if body is None:
            return
        if path not in answers:
            self._not_found(path)
            return
        try:
            status, value, predictions = answers[path](body)
        except (BadRequest, InvalidInstance) as error:
            status, value, predictions = 400, {"error": str(error)}, []
        self.server.counters.answered(status, time.monotonic() - started, predictions)
        self._json(status, value)

    def _predict_v1(self, body):
        instances = parse_object(body).get("instances")
        if not isinstance(instances, list) or not instances:
            raise BadRequest('expected {"instances": [...]} with at least one instance')
        predictions = [predict(self.server.model, instance) for instance in instances]
        return 200, {"predictions": predictions}, predictions

    def _infer_v2(self, body):
        request = parse_object(body)
        predictions = [predict(self.server.model, row) for row in v2_rows(request)]
        output = {"name": "churned", "shape": [len(predictions)], "datatype": "INT64", "data": predictions}
        value = {"model_name": NAME, "model_version": self.server.version, "outputs": [output]}
        if isinstance(request.get("id"), str):
            value["id"] = request["id"]
        return 200, value, predictions

    def _metadata(self):
        width = len(self.server.model["features"])
        return {
            "name": NAME,
            "versions": [self.server.version],
            "platform": "python-stdlib",
            "inputs": [{"name": "features", "datatype": "FP64", "shape": [-1, width]}],
            "outputs": [{"name": "churned", "datatype": "INT64", "shape": [-1]}],
        }

    def _read_body(self):
        try:
            length = int(self.headers.get("Content-Length", ""))
        except ValueError:
            length = -1
        if 0 <= length <= LARGEST_BODY:
            return self.rfile.read(length)
        self.close_connection = True
        self._json(411 if length < 0 else 413, {"error": "send a Content-Length of at most 1 MiB"})
        return None

    def _not_found(self, path):
        parts = path.split(":")[0].split("/")
        if len(parts) > 3 and parts[1] in ("v1", "v2") and parts[2] == "models" and parts[3] != NAME:
            self._json(404, {"error": "Model with name %s does not exist." % parts[3]})
        else:
            self._json(404, {"error": "Not Found"})

    def _json(self, status, value):
        self._send(status, json.dumps(value), "application/json")

    def _send(self, status, text, content_type):
        body = text.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Model-Name", NAME)
        self.send_header("X-Model-Version", self.server.version)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """No line per request: /metrics counts them."""


def parse_object(body):
    try:
        value = json.loads(body.decode("utf-8"))
    except ValueError:
        raise BadRequest("the body is not JSON")
    if not isinstance(value, dict):
        raise BadRequest("the body is not a JSON object")
    return value


def v2_rows(request):
    """The rows of the one input tensor; `data` may be flat (row-major) or nested."""
    inputs = request.get("inputs")
    if not isinstance(inputs, list) or len(inputs) != 1 or not isinstance(inputs[0], dict):
        raise BadRequest("expected exactly one input tensor")
    shape, data = inputs[0].get("shape"), inputs[0].get("data")
    whole = isinstance(shape, list) and all(type(size) is int and size > 0 for size in shape)
    if not whole or len(shape) != 2 or not isinstance(data, list) or not data:
        raise BadRequest("expected an input of shape [rows, features] with data")
    if not isinstance(data[0], list):
        if len(data) != shape[0] * shape[1]:
            raise BadRequest("the data has %d numbers, its shape says %d" % (len(data), shape[0] * shape[1]))
        data = [data[start:start + shape[1]] for start in range(0, len(data), shape[1])]
    if len(data) != shape[0]:
        raise BadRequest("the data has %d rows, its shape says %d" % (len(data), shape[0]))
    return data


def version_of(directory):
    """Content names the version: the same weights are the same version wherever they are served."""
    with open(os.path.join(directory, MODEL_FILE), "rb") as source:
        return hashlib.sha256(source.read()).hexdigest()[:12]


def main():
    model, version = load_model(MODEL_DIR), version_of(MODEL_DIR)
    server = ChurnServer((HOST, PORT), model, version)

    def stop(*_):
        # shutdown() waits for serve_forever(), which runs in this very thread.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print("serving %s %s on port %d" % (NAME, version, server.server_address[1]))
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.05)
    server.server_close()
    server.drain(5)
    print("stopped")


if __name__ == "__main__":
    main()
