"""python3 -m unittest, or pytest."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT)

from churn_model import FEATURES, InvalidInstance, load_model, predict, sigmoid, to_row  # noqa: E402
from generate_data import generate  # noqa: E402
from train import evaluate, fit, split, standardise  # noqa: E402

MODEL = {
    "features": FEATURES,
    "mean": [0.0] * 6,
    "scale": [1.0] * 6,
    "weights": [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
    "bias": -2.0,
    "threshold": 0.5,
}


class ModelTest(unittest.TestCase):
    def test_sigmoid_is_symmetric_and_does_not_overflow(self):
        self.assertEqual(sigmoid(0), 0.5)
        self.assertAlmostEqual(sigmoid(3) + sigmoid(-3), 1.0)
        self.assertEqual(sigmoid(-2000), 0.0)

    def test_predicts_from_a_list_and_from_an_object(self):
        self.assertEqual(predict(MODEL, [1, 50, 3, 0, 1, 0]), 1)
        instance = dict(zip(FEATURES, [1, 50, 1, 0, 1, 0]))
        self.assertEqual(predict(MODEL, instance), 0)

    def test_refuses_what_is_not_an_instance(self):
        for bad in ([1, 2], "six", None, [1, 2, 3, 4, 5, "6"], [1, 2, 3, 4, 5, True], {"tenure_months": 1}):
            with self.assertRaises(InvalidInstance):
                to_row(MODEL, bad)


class DataTest(unittest.TestCase):
    def test_the_same_seed_gives_the_same_rows(self):
        self.assertEqual(list(generate(3, 20, 0)), list(generate(3, 20, 0)))
        self.assertNotEqual(list(generate(3, 20, 0)), list(generate(4, 20, 0)))

    def test_a_shift_moves_the_charges(self):
        def mean_charges(shift):
            return sum(row[1] for row in generate(3, 500, shift)) / 500

        self.assertGreater(mean_charges(1), mean_charges(0) + 10)


class TrainingTest(unittest.TestCase):
    def test_learns_a_separable_set(self):
        pairs = [([float(x)] * 6, 1 if x > 10 else 0) for x in range(21)]
        mean, scale = standardise([row for row, _ in pairs])
        weights, bias = fit(pairs, mean, scale, 200, 1.0)
        model = dict(MODEL, mean=mean, scale=scale, weights=weights, bias=bias)
        self.assertEqual(evaluate(model, pairs)["accuracy"], 1.0)

    def test_holds_out_a_quarter_and_mixes_nothing(self):
        seen, unseen = split([[i] for i in range(100)], [i % 2 for i in range(100)], 7)
        self.assertEqual((len(seen), len(unseen)), (75, 25))
        self.assertEqual(sorted(row[0] for row, _ in seen + unseen), list(range(100)))


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.data = os.path.join(self.directory, "churn.csv")

    def tearDown(self):
        shutil.rmtree(self.directory)

    def run_script(self, *args):
        env = {key: value for key, value in os.environ.items() if not key.startswith(("TRAIN_", "MLFLOW_"))}
        return subprocess.run(
            [sys.executable] + list(args), cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def train(self, *args):
        model = os.path.join(self.directory, "model")
        metrics = os.path.join(self.directory, "metrics.json")
        return model, metrics, self.run_script(
            "train.py", "--data", self.data, "--model-dir", model, "--metrics", metrics, *args
        )

    def test_trains_evaluates_and_agrees_with_itself(self):
        self.run_script("generate_data.py", "--rows", "800", "--out", self.data)
        model, metrics, done = self.train()
        self.assertEqual(done.returncode, 0, done.stdout)
        again = os.path.join(self.directory, "again.json")
        self.run_script("evaluate.py", "--data", self.directory, "--model-dir", model, "--metrics", again)
        with open(metrics) as first, open(again) as second:
            self.assertEqual(json.load(first), json.load(second))
        with open(os.path.join(model, "golden.json")) as source:
            golden = json.load(source)
        answers = [predict(load_model(model), row) for row in golden["instances"]]
        self.assertEqual(answers, golden["predictions"])

    def test_refuses_too_little_data(self):
        self.run_script("generate_data.py", "--rows", "40", "--out", self.data)
        _, metrics, done = self.train()
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"needs at least 500", done.stdout)
        self.assertFalse(os.path.exists(metrics))


if __name__ == "__main__":
    unittest.main()
