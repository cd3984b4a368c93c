"""Trains the churn model on a CSV file and measures it on rows it has not seen.

    python3 train.py --data data/churn.csv --model-dir model --metrics metrics.json

Writes <model-dir>/model.json and <model-dir>/golden.json (requests with the
answers that a server of this model must give), and the metrics unless --metrics
is empty. The same data and arguments give the same bytes. Inside a Kubeflow
pipeline the paths are those of the task's outputs, see pipeline/pipeline.yaml.
"""
import argparse
import json
import os
import random
import sys

from churn_model import FEATURES, MODEL_FILE, predict, probability, read_rows, sigmoid
from tracking import Tracker

HELD_OUT = 0.25
GOLDEN = 20


def split(features, labels, seed):
    """Returns (train, held out), each a list of (row, label); depends on the seed only."""
    pairs = list(zip(features, labels))
    random.Random(seed).shuffle(pairs)
    cut = int(len(pairs) * (1 - HELD_OUT))
    return pairs[:cut], pairs[cut:]


def standardise(rows):
    mean, scale = [], []
    for column in zip(*rows):
        centre = sum(column) / len(column)
        spread = (sum((value - centre) ** 2 for value in column) / len(column)) ** 0.5
        mean.append(round(centre, 6))
        scale.append(round(spread, 6) or 1.0)
    return mean, scale


def fit(pairs, mean, scale, epochs, learning_rate):
    """Full-batch gradient descent on the log loss; returns (weights, bias)."""
    inputs = [[(v - m) / s for v, m, s in zip(row, mean, scale)] for row, _ in pairs]
    labels = [label for _, label in pairs]
    weights, bias = [0.0] * len(mean), 0.0
    for _ in range(epochs):
        gradient, bias_gradient = [0.0] * len(weights), 0.0
        for row, label in zip(inputs, labels):
            error = sigmoid(bias + sum(w * v for w, v in zip(weights, row))) - label
            bias_gradient += error
            for index, value in enumerate(row):
                gradient[index] += error * value
        step = learning_rate / len(inputs)
        weights = [w - step * g for w, g in zip(weights, gradient)]
        bias -= step * bias_gradient
    return weights, bias


def evaluate(model, pairs):
    """Accuracy, precision, recall and AUC on labelled rows, each in 0..1."""
    scored = sorted((probability(model, row), label) for row, label in pairs)
    positives = sum(label for _, label in scored)
    negatives = len(scored) - positives
    hits = sum(1 for p, label in scored if p >= model["threshold"] and label == 1)
    flagged = sum(1 for p, _ in scored if p >= model["threshold"])
    correct = sum(1 for p, label in scored if (p >= model["threshold"]) == (label == 1))
    rank_sum = sum(rank for rank, (_, label) in enumerate(scored, 1) if label == 1)
    pairs_won = rank_sum - positives * (positives + 1) / 2
    return {
        "accuracy": round(correct / len(scored), 6),
        "precision": round(hits / flagged, 6) if flagged else 0.0,
        "recall": round(hits / positives, 6) if positives else 0.0,
        "auc": round(pairs_won / (positives * negatives), 6) if positives and negatives else 0.0,
    }


def write_json(path, value):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as target:
        json.dump(value, target, indent=2)
        target.write("\n")


def golden(model, pairs):
    rows = [row for row, _ in pairs[:GOLDEN]]
    return {"instances": rows, "predictions": [predict(model, row) for row in rows]}


def arguments():
    env = os.environ.get
    parser = argparse.ArgumentParser(description="Train the churn model.")
    parser.add_argument("--data", default=env("TRAIN_DATA", os.path.join("data", "churn.csv")))
    parser.add_argument("--model-dir", default=env("TRAIN_MODEL_DIR", "model"))
    parser.add_argument("--metrics", default=env("TRAIN_METRICS", "metrics.json"))
    parser.add_argument("--seed", type=int, default=int(env("TRAIN_SEED", "7")))
    parser.add_argument("--epochs", type=int, default=int(env("TRAIN_EPOCHS", "120")))
    parser.add_argument("--learning-rate", type=float, default=float(env("TRAIN_LEARNING_RATE", "0.8")))
    parser.add_argument("--min-rows", type=int, default=int(env("TRAIN_MIN_ROWS", "500")))
    parser.add_argument("--mlflow-uri", default=env("MLFLOW_TRACKING_URI", ""))
    parser.add_argument("--experiment", default=env("MLFLOW_EXPERIMENT_NAME", "churn"))
    parser.add_argument("--mlflow-run-id-file", default="")
    parser.add_argument("--kfp-run-id", default="")
    return parser.parse_args()


def train(args):
    """Returns (model, rows held out); exits with a sentence when the data cannot be trained on."""
    features, labels = read_rows(args.data)
    if len(labels) < args.min_rows:
        sys.exit("%s has %d rows; training needs at least %d" % (args.data, len(labels), args.min_rows))
    if len(set(labels)) < 2:
        sys.exit("%s has only one class; there is nothing to learn" % args.data)

    seen, unseen = split(features, labels, args.seed)
    mean, scale = standardise([row for row, _ in seen])
    weights, bias = fit(seen, mean, scale, args.epochs, args.learning_rate)
    # Six digits: the last bits of exp() differ between C libraries, the model must not.
    model = {
        "name": "churn",
        "features": FEATURES,
        "mean": mean,
        "scale": scale,
        "weights": [round(weight, 6) for weight in weights],
        "bias": round(bias, 6),
        "threshold": 0.5,
        "trained": {
            "rows": len(seen),
            "seed": args.seed,
            "epochs": args.epochs,
            "learning_rate": args.learning_rate,
        },
    }
    return model, unseen


def main():
    args = arguments()
    tracker = Tracker(args.mlflow_uri, args.experiment, {"kfp.pipeline_run_id": args.kfp_run_id})
    try:
        model, unseen = train(args)
    except BaseException:
        tracker.finish("FAILED")
        raise
    metrics = evaluate(model, unseen)
    write_json(os.path.join(args.model_dir, MODEL_FILE), model)
    write_json(os.path.join(args.model_dir, "golden.json"), golden(model, unseen))
    if args.metrics:
        write_json(args.metrics, metrics)
    tracker.params(model["trained"])
    tracker.metrics(metrics)
    tracker.finish()
    if args.mlflow_run_id_file:
        os.makedirs(os.path.dirname(args.mlflow_run_id_file) or ".", exist_ok=True)
        with open(args.mlflow_run_id_file, "w", encoding="utf-8") as target:
            target.write(tracker.run_id)
    print("accuracy %.3f on %d rows not trained on" % (metrics["accuracy"], len(unseen)))


if __name__ == "__main__":
    main()
