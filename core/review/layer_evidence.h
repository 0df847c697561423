// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/edit.h"
#include "review/evidence.h"

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace nunatak::review {

/// The evidence of a layer, kept by what changes: what an edit outdates is measured anew, nothing else.
/// Belongs to one thread; measuring is a value that any thread carries out (tasks/evidence_task.h).
class LayerEvidence {
public:
    explicit LayerEvidence(std::string layer = {}) : m_layer(std::move(layer)) {}

    const std::string& layer() const { return m_layer; }
    /// Of a glacier of which nothing was measured yet: its area alone, as the plane has it.
    Evidence of(const outlines::SharedOutline& outline) const;
    std::size_t size() const { return m_evidence.size(); }

    /// After a step of the history: the glaciers of the layer that have another line now, or are new, stay as
    /// they were measured until they are measured anew; those that are gone, go. What is to be measured, with
    /// what was to be before; verdicts and attributes change nothing.
    const std::set<std::string>& note(const std::vector<outlines::OutlineChange>& changes);
    /// Still to be measured. Where all of a layer is, it is best asked for as a whole.
    const std::set<std::string>& unmeasured() const { return m_unmeasured; }
    void measureAll(const std::vector<outlines::OutlineHandle>& layer);

    /// What was measured; of a glacier whose line changed meanwhile it is not taken: the outline that was
    /// measured is not `now` any more. Where the picture was not looked at, what was known of shadow, cloud
    /// and snow stays.
    struct Measured {
        outlines::OutlineHandle outline;
        Evidence evidence;
    };
    void take(const std::vector<Measured>& measured, const outlines::OutlineSet& now);
    /// What a check of `looked` found (CheckRequest::only, or all of the layer): of pairs, also what it says
    /// of the other one. Earlier findings of these glaciers are forgotten.
    void take(const std::vector<editing::Finding>& findings, const std::set<std::string>& looked);
    /// The glaciers of which something else is known than when this was asked last, or nothing any more.
    std::set<std::string> takeChanged();

private:
    struct Found {
        editing::Fault fault;
        std::vector<std::string> glaciers;
    };

    std::string m_layer;
    std::unordered_map<std::string, Evidence> m_evidence;
    std::vector<Found> m_findings;
    std::set<std::string> m_unmeasured;
    std::set<std::string> m_changed; ///< since somebody asked
};

} // namespace nunatak::review
