"""Writes a synthetic churn data set; the same arguments give the same bytes.

    python3 generate_data.py --seed 7 --rows 2000 --out data/churn.csv

--shift moves the customer base (dearer contracts, more support calls), which is
how a drift of the input data is rehearsed.
"""
import argparse
import csv
import os
import random

from churn_model import FEATURES, LABEL, sigmoid


def customer(rng, shift):
    monthly_contract = 1 if rng.random() < 0.55 else 0
    tenure = max(1, min(72, int(rng.expovariate(1 / 24.0)) + 1))
    charges = round(min(150.0, max(15.0, rng.gauss(68 + 20 * shift, 24))), 2)
    calls = sum(1 for _ in range(8) if rng.random() < 0.18 + 0.15 * shift)
    late = sum(1 for _ in range(6) if rng.random() < 0.15)
    autopay = 1 if rng.random() < 0.5 else 0
    return [tenure, charges, calls, late, monthly_contract, autopay]


def churn_probability(row):
    tenure, charges, calls, late, monthly_contract, autopay = row
    score = (
        -7.6
        - 0.12 * tenure
        + 0.072 * charges
        + 1.6 * calls
        + 1.35 * late
        + 2.9 * monthly_contract
        - 1.8 * autopay
    )
    return sigmoid(score)


def generate(seed, rows, shift):
    rng = random.Random(seed)
    for _ in range(rows):
        row = customer(rng, shift)
        yield row + [1 if rng.random() < churn_probability(row) else 0]


def main():
    parser = argparse.ArgumentParser(description="Generate synthetic churn data.")
    parser.add_argument("--seed", type=int, default=int(os.environ.get("DATA_SEED", "7")))
    parser.add_argument("--rows", type=int, default=int(os.environ.get("DATA_ROWS", "2000")))
    parser.add_argument("--shift", type=float, default=float(os.environ.get("DATA_SHIFT", "0")))
    parser.add_argument("--out", default=os.path.join("data", "churn.csv"))
    args = parser.parse_args()

    os.makedirs(os.path.dirname(args.out) or ".", exist_ok=True)
    with open(args.out, "w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(FEATURES + [LABEL])
        writer.writerows(generate(args.seed, args.rows, args.shift))
    print("wrote %d rows to %s (seed %d)" % (args.rows, args.out, args.seed))


if __name__ == "__main__":
    main()
