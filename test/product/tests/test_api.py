"""The server over a real socket."""
import http.client
import json
import os
import sys
import threading
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT)

from api import ChurnServer  # noqa: E402
from tests.test_model import MODEL  # noqa: E402

STAYS, LEAVES = [1, 50, 1, 0, 1, 0], [1, 50, 5, 0, 1, 0]


class ServerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ChurnServer(("127.0.0.1", 0), MODEL, "v-test")
        cls.thread = threading.Thread(target=cls.server.serve_forever, args=(0.01,))
        cls.thread.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.thread.join()
        cls.server.server_close()

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], timeout=5)
        try:
            connection.request(method, path, body if isinstance(body, (str, type(None))) else json.dumps(body))
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8"), response.headers
        finally:
            connection.close()

    def test_is_ready_in_both_protocols(self):
        for path in ("/v1/models/churn", "/v2/models/churn/ready"):
            status, text, headers = self.call("GET", path)
            self.assertEqual((status, json.loads(text)), (200, {"name": "churn", "ready": True}))
            self.assertEqual(headers["X-Model-Version"], "v-test")

    def test_predicts_in_both_protocols(self):
        status, text, _ = self.call("POST", "/v1/models/churn:predict", {"instances": [STAYS, LEAVES]})
        self.assertEqual((status, json.loads(text)), (200, {"predictions": [0, 1]}))
        tensor = {"name": "features", "shape": [2, 6], "datatype": "FP64", "data": STAYS + LEAVES}
        status, text, _ = self.call("POST", "/v2/models/churn/infer", {"id": "7", "inputs": [tensor]})
        answer = json.loads(text)
        self.assertEqual((status, answer["outputs"][0]["data"], answer["id"]), (200, [0, 1], "7"))

    def test_refuses_malformed_requests(self):
        tensor = {"name": "features", "shape": [2, 6], "datatype": "FP64", "data": [1, 2, 3]}
        for path, body in (
            ("/v1/models/churn:predict", "{"),
            ("/v1/models/churn:predict", {}),
            ("/v1/models/churn:predict", {"instances": [[1, 2]]}),
            ("/v2/models/churn/infer", {"inputs": [tensor]}),
        ):
            status, text, _ = self.call("POST", path, body)
            self.assertEqual(status, 400, text)
            self.assertIn("error", json.loads(text))

    def test_does_not_know_other_models(self):
        status, text, _ = self.call("GET", "/v1/models/other")
        self.assertEqual((status, json.loads(text)), (404, {"error": "Model with name other does not exist."}))

    def test_counts_predictions(self):
        self.call("POST", "/v1/models/churn:predict", {"instances": [LEAVES]})
        _, text, _ = self.call("GET", "/metrics")
        self.assertRegex(text, r'model_predictions_total\{model="churn",class="1"\} [1-9]')


if __name__ == "__main__":
    unittest.main()
