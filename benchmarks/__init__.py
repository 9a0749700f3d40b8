"""What performance claims rest on: each figure beside a floor measured in the same run."""
