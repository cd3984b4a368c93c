"""The few MLflow REST calls that training makes, without the mlflow package."""
import base64
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request


class Tracker:
    """Logs to an MLflow tracking server.

    Tracking is a record, not a dependency: a server that cannot be reached must
    not throw away a training run, so failures are printed and the run goes on.
    """

    def __init__(self, uri, experiment, tags):
        self.uri = uri.rstrip("/")
        self.run_id = ""
        if self.uri:
            self._guard(lambda: self._start(experiment, tags))

    def params(self, values):
        self._batch("params", [{"key": k, "value": str(v)} for k, v in values.items()])

    def metrics(self, values, step=0):
        now = int(time.time() * 1000)
        self._batch(
            "metrics",
            [{"key": k, "value": v, "timestamp": now, "step": step} for k, v in values.items()],
        )

    def finish(self, status="FINISHED"):
        body = {"run_id": self.run_id, "status": status, "end_time": int(time.time() * 1000)}
        self._when_running(lambda: self._post("runs/update", body))

    def _start(self, experiment, tags):
        tags = dict(tags, **{"mlflow.source.git.commit": os.environ.get("GITHUB_SHA", "")})
        body = {
            "experiment_id": self._experiment_id(experiment),
            "run_name": os.environ.get("MLFLOW_RUN_NAME", "train"),
            "start_time": int(time.time() * 1000),
            "tags": [{"key": key, "value": value} for key, value in tags.items() if value],
        }
        self.run_id = self._post("runs/create", body)["run"]["info"]["run_id"]
        print("mlflow run %s" % self.run_id)

    def _experiment_id(self, name):
        try:
            return self._post("experiments/create", {"name": name})["experiment_id"]
        except urllib.error.HTTPError as error:
            if error.code != 400:
                raise
        found = self._call("experiments/get-by-name?experiment_name=%s" % urllib.parse.quote(name))
        return found["experiment"]["experiment_id"]

    def _batch(self, field, entries):
        self._when_running(lambda: self._post("runs/log-batch", {"run_id": self.run_id, field: entries}))

    def _when_running(self, call):
        if self.run_id:
            self._guard(call)

    def _guard(self, call):
        try:
            call()
        except (OSError, ValueError, KeyError) as error:
            print("mlflow: not logged: %s" % error)

    def _post(self, path, body):
        return self._call(path, json.dumps(body).encode("utf-8"))

    def _call(self, path, data=None):
        request = urllib.request.Request("%s/api/2.0/mlflow/%s" % (self.uri, path), data=data)
        request.add_header("Content-Type", "application/json")
        if os.environ.get("MLFLOW_TRACKING_USERNAME"):
            pair = "%s:%s" % (
                os.environ["MLFLOW_TRACKING_USERNAME"],
                os.environ.get("MLFLOW_TRACKING_PASSWORD", ""),
            )
            token = base64.b64encode(pair.encode("utf-8")).decode("ascii")
            request.add_header("Authorization", "Basic %s" % token)
        elif os.environ.get("MLFLOW_TRACKING_TOKEN"):
            request.add_header("Authorization", "Bearer %s" % os.environ["MLFLOW_TRACKING_TOKEN"])
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.loads(response.read().decode("utf-8") or "{}")
