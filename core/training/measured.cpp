// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/training.h"

#include "base/counted.h"

#include <cstdio>

namespace nunatak::training {

namespace {

std::string numbers(const Measured& measured) {
    char text[64];
    std::snprintf(text, sizeof text, "%.3f before, %.3f after", measured.iouBefore, measured.iouAfter);
    return text;
}

} // namespace

std::string sentenceOf(const Measured& measured) {
    if (measured.heldOut == 0) {
        return "IoU on what it learnt from, which says nothing of other glaciers: " + numbers(measured) +
               "." + (measured.missing.empty() ? "" : " " + measured.missing);
    }
    return "IoU on " + counted(measured.heldOut, "glacier") + " of " + std::to_string(measured.reviewed) +
           " that it did not learn from: " + numbers(measured) + " (best at step " +
           std::to_string(measured.bestStep) + ")." +
           (measured.iouAfter > measured.iouBefore ? "" : " It has not become better there.");
}

bool helps(const std::optional<Measured>& measured) {
    return measured && measured->heldOut > 0 && measured->iouAfter > measured->iouBefore;
}

} // namespace nunatak::training
