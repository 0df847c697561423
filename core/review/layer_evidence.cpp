// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/layer_evidence.h"

#include <algorithm>
#include <utility>

namespace nunatak::review {

Evidence LayerEvidence::of(const outlines::SharedOutline& outline) const {
    Evidence evidence;
    const auto known = m_evidence.find(outline.uuid);
    if (known != m_evidence.end()) {
        evidence = known->second;
    } else {
        evidence.area = outline.area();
    }
    return evidence;
}

const std::set<std::string>& LayerEvidence::note(const std::vector<outlines::OutlineChange>& changes) {
    std::set<std::string> gone;
    for (const outlines::OutlineChange& change : changes) {
        if (change.layer != m_layer) {
            continue;
        }
        if (!change.after) {
            gone.insert(change.before->uuid);
            m_changed.insert(change.before->uuid);
            m_evidence.erase(change.before->uuid);
            m_unmeasured.erase(change.before->uuid);
        } else if (!change.before || change.before->geometry != change.after->geometry) {
            m_unmeasured.insert(change.after->uuid);
        }
    }
    if (!gone.empty()) {
        take({}, gone);
    }
    return m_unmeasured;
}

void LayerEvidence::measureAll(const std::vector<outlines::OutlineHandle>& layer) {
    for (const outlines::OutlineHandle& outline : layer) {
        m_unmeasured.insert(outline->uuid);
    }
}

void LayerEvidence::take(const std::vector<Measured>& measured, const outlines::OutlineSet& now) {
    for (const Measured& one : measured) {
        const auto there = now.find(one.outline->uuid);
        if (there == nullptr || (there != one.outline && there->geometry != one.outline->geometry)) {
            continue; // it waits to be measured again, or is gone
        }
        const auto [place, isNew] = m_evidence.try_emplace(one.outline->uuid);
        Evidence& evidence = place->second;
        const Evidence before = std::exchange(evidence, one.evidence);
        evidence.faults = before.faults;
        if (!evidence.shadow && !evidence.cloud && !evidence.snow) { // the picture is the one that it was
            evidence.shadow = before.shadow;
            evidence.cloud = before.cloud;
            evidence.snow = before.snow;
        }
        if (isNew || evidence != before) {
            m_changed.insert(one.outline->uuid);
        }
        m_unmeasured.erase(one.outline->uuid);
    }
}

void LayerEvidence::take(const std::vector<editing::Finding>& findings, const std::set<std::string>& looked) {
    std::erase_if(m_findings, [&](const Found& found) {
        return std::any_of(found.glaciers.begin(), found.glaciers.end(),
                           [&](const std::string& uuid) { return looked.contains(uuid); });
    });
    for (const editing::Finding& finding : findings) {
        Found found{finding.kind, {}};
        for (const outlines::OutlineRef& ref : finding.outlines) {
            found.glaciers.push_back(ref.uuid);
        }
        if (std::any_of(found.glaciers.begin(), found.glaciers.end(),
                        [&](const std::string& uuid) { return looked.contains(uuid); })) {
            m_findings.push_back(std::move(found));
        }
    }
    std::unordered_map<std::string, std::vector<editing::Fault>> faults;
    for (const Found& found : m_findings) {
        for (const std::string& uuid : found.glaciers) {
            faults[uuid].push_back(found.fault);
        }
    }
    for (auto& [uuid, evidence] : m_evidence) {
        const auto now = faults.find(uuid);
        if (now != faults.end() ? evidence.faults != now->second : !evidence.faults.empty()) {
            evidence.faults = now != faults.end() ? now->second : std::vector<editing::Fault>();
            m_changed.insert(uuid);
        }
    }
}

std::set<std::string> LayerEvidence::takeChanged() {
    return std::exchange(m_changed, {});
}

} // namespace nunatak::review
