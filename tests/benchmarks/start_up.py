#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start-up of the desktop against an empty Qt window, one after the other, medians of several runs.

    xvfb-run -a -s "-screen 0 1920x1080x24" tests/benchmarks/start_up.py build/release demo/demo.gpkg [--runs 9]
"""
import argparse
import pathlib
import statistics
import subprocess


def figures(command):
    """The "name value" lines that a run prints."""
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = (line.split() for line in printed.splitlines())
    return {words[0]: float(words[1]) for words in lines if len(words) == 2}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("project", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    commands = {
        "empty window": [arguments.build / "tests/empty_window"],
        "nunatak": [arguments.build / "bin/nunatak", "--timings", arguments.project],
    }
    runs = {name: [] for name in commands}
    for number in range(arguments.runs + 1):
        for name, command in commands.items():
            measured = figures([str(word) for word in command])
            if number > 0:  # the first of each fills the page cache
                runs[name].append(measured)
    medians = {name: {key: statistics.median(run[key] for run in measured) for key in measured[0]}
               for name, measured in runs.items()}
    for name, values in medians.items():
        for key, value in values.items():
            spread = [run[key] for run in runs[name]]
            print(f"{name:14} {key:22} median {value:8.3f}   min {min(spread):8.3f}   max {max(spread):8.3f}")
    ratio = medians["nunatak"]["window_shown_s"] / medians["empty window"]["window_shown_s"]
    print(f"window shown: {ratio:.2f} times an empty Qt window")


if __name__ == "__main__":
    main()
