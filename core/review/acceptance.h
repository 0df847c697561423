// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "review/filters.h"
#include "review/layer_evidence.h"

#include <optional>
#include <string>
#include <vector>

// Accepting what a model is sure of, without looking at each.
namespace nunatak::review {

/// How sure a model has to be of a glacier.
struct AcceptanceRule {
    double sure = 0.95; ///< of so much of its ground, 0 to 1
    /// Its band of low confidence is no wider, in m (ConfidenceBand::width); none: however wide.
    std::optional<double> widestBand{};
};

/// What comes of a rule. Each glacier counts once: the first of what keeps it from being accepted.
struct Acceptance {
    std::vector<outlines::OutlineHandle> accepted;
    double area = 0; ///< m² on the ground, of these
    int glaciers = 0;
    int judged = 0;  ///< somebody gave a verdict, which stays
    int byHand = 0;  ///< drawn or changed by hand: the model says nothing of such a line
    int unknown = 0; ///< there is no confidence of them
    int unsure = 0;  ///< less sure than the rule asks
    /// That of all. Where it is not, sure is what is not among the least sure twentieth of the scene: an
    /// order, no probability.
    bool isCalibrated = true;
};
/// Of the glaciers that were measured (tasks::measure()), those that the filter holds of.
Acceptance acceptanceOf(const std::vector<LayerEvidence::Measured>& measured, const AcceptanceRule& rule,
                        const Filter& filter = {});

/// "at least 95 % sure", "at least 95 % sure, band within 60 m".
std::string inWords(const AcceptanceRule& rule);
/// "Left as they are: 60 less sure, 40 judged already."; empty where none are left.
std::string leftInWords(const Acceptance& acceptance);

/// One step that accepts them, for Project::commit(). Their note says that nobody looked ("by confidence, at
/// least 95 % sure"), unless there is one already.
editing::Edit accept(const std::string& layer, const Acceptance& acceptance, const AcceptanceRule& rule);

} // namespace nunatak::review
