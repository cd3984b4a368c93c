"""The churn model: a logistic regression over standardised features.

Everything that training, evaluation and serving must agree on lives here, so
that the server computes exactly what the evaluation measured.
"""
import csv
import json
import math
import os

FEATURES = [
    "tenure_months",
    "monthly_charges",
    "support_calls",
    "late_payments",
    "monthly_contract",
    "uses_autopay",
]
LABEL = "churned"
MODEL_FILE = "model.json"


class InvalidInstance(ValueError):
    """An instance that cannot be scored; the text names what is wrong."""


def read_rows(path):
    """Returns (features, labels) of a CSV file, or of churn.csv in a directory."""
    if os.path.isdir(path):
        path = os.path.join(path, "churn.csv")
    with open(path, newline="", encoding="utf-8") as source:
        reader = csv.DictReader(source)
        missing = [name for name in FEATURES + [LABEL] if name not in (reader.fieldnames or [])]
        if missing:
            raise ValueError("%s has no column %s" % (path, ", ".join(missing)))
        rows = list(reader)
    features = [[float(row[name]) for name in FEATURES] for row in rows]
    labels = [int(row[LABEL]) for row in rows]
    return features, labels


def sigmoid(value):
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-value))
    power = math.exp(value)
    return power / (1.0 + power)


def load_model(directory):
    """Reads model.json; raises OSError or ValueError when it is absent or not a churn model."""
    with open(os.path.join(directory, MODEL_FILE), encoding="utf-8") as source:
        model = json.load(source)
    size = len(model["features"])
    if not (len(model["weights"]) == len(model["mean"]) == len(model["scale"]) == size):
        raise ValueError("model.json: weights, mean and scale must have %d numbers" % size)
    return model


def probability(model, row):
    score = model["bias"]
    for value, mean, scale, weight in zip(row, model["mean"], model["scale"], model["weights"]):
        score += weight * (value - mean) / scale
    return sigmoid(score)


def to_row(model, instance):
    """Accepts a list of numbers in feature order, or an object by feature name."""
    names = model["features"]
    if isinstance(instance, dict):
        missing = [name for name in names if name not in instance]
        if missing:
            raise InvalidInstance("missing feature %s" % ", ".join(missing))
        instance = [instance[name] for name in names]
    if not isinstance(instance, list) or len(instance) != len(names):
        raise InvalidInstance("an instance is a list of %d numbers: %s" % (len(names), ", ".join(names)))
    for value in instance:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise InvalidInstance("a feature must be a finite number, got %s" % json.dumps(value))
    return instance


def predict(model, instance):
    """1: the customer is likely to leave; 0: likely to stay."""
    return 1 if probability(model, to_row(model, instance)) >= model["threshold"] else 0
