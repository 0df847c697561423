// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "scribble/stroke.h"
#include "scribble/view_features.h"

#include <vector>

namespace nunatak::scribble {

/// How a head is fitted. What stands here was chosen on scenes whose outlines are known
/// (tests/benchmarks/scribble_cost.cpp, docs/learning.md).
struct HeadOptions {
    /// So many pixels each stroke counts as, however long it is.
    double strokeWeight = 32;
    /// So many pixels all others count as together, of which the model is right by assumption: what says
    /// nothing of them shall change nothing there.
    double keepWeight = 3000;
    /// Of the square of the correction's weights (features in units of their deviation).
    double prior = 5;
    /// Pixels from a stroke at which it counts for half; 0: everywhere alike.
    double reach = 128;
};

/// A correction of the model's own logit that a few strokes ask for: logit' = logit + g · (w · f + b), with
/// the features f of a pixel and how near strokes are, g.
struct LightHead {
    std::vector<double> weights; ///< of features as they are
    double bias = 0;
    double reach = 0; ///< see HeadOptions
};

/// Logistic regression with the model's logit as a given term and a prior at no change, so that without
/// strokes, and where strokes say what the model says already, it stays what it is. Each stroke counts the
/// same. Besides, pixels spread over the view keep what the model says of them (learning without forgetting,
/// Li & Hoiem 2018, IEEE TPAMI 40, 2935-2947). Fitted by Newton's method in double (iteratively reweighted
/// least squares); the same input gives the same head on any machine of one kind.
LightHead fittedHead(const ViewFeatures& view, const std::vector<StrokePixels>& strokes,
                     const HeadOptions& options = {});

/// The logits that it gives; NaN where the model's is. Under the strokes it is what was said, a later stroke
/// before an earlier one, as sure as the model ever is.
Image<float> correctedLogit(const ViewFeatures& view, const LightHead& head,
                            const std::vector<StrokePixels>& strokes);

} // namespace nunatak::scribble
