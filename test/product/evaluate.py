"""Measures a trained model on the rows that training held out.

    python3 evaluate.py --data data/churn.csv --model-dir model --metrics metrics.json

In a Kubeflow pipeline --executor-input is the launcher's `{{$}}`: it names the
file in which a component reports the values of its system.Metrics artifact.
"""
import argparse
import json
import os

from churn_model import load_model, read_rows
from train import evaluate, split, write_json


def report_to_kfp(executor_input, metrics):
    """Writes the ExecutorOutput message that the KFP launcher collects."""
    outputs = json.loads(executor_input)["outputs"]
    artifact = outputs["artifacts"]["metrics"]["artifacts"][0]
    reported = {"name": artifact["name"], "uri": artifact["uri"], "metadata": metrics}
    write_json(
        outputs["outputFile"],
        {
            "artifacts": {"metrics": {"artifacts": [reported]}},
            "parameterValues": {"accuracy": metrics["accuracy"]},
        },
    )


def main():
    parser = argparse.ArgumentParser(description="Evaluate the churn model.")
    parser.add_argument("--data", default=os.path.join("data", "churn.csv"))
    parser.add_argument("--model-dir", default="model")
    parser.add_argument("--metrics", default="metrics.json")
    parser.add_argument("--executor-input", default="")
    args = parser.parse_args()

    model = load_model(args.model_dir)
    features, labels = read_rows(args.data)
    metrics = evaluate(model, split(features, labels, model["trained"]["seed"])[1])
    write_json(args.metrics, metrics)
    if args.executor_input:
        report_to_kfp(args.executor_input, metrics)
    print("accuracy %.3f, auc %.3f" % (metrics["accuracy"], metrics["auc"]))


if __name__ == "__main__":
    main()
