// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/join_layer.h"
#include "project/join_source.h"
#include "project/last_change.h"
#include "project/outline_events.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nunatak::project {

/// What two projects that shall be joined knew of each other, read backwards from their histories.
class KnownBefore {
public:
    /// `arriving`: steps that are about to come here from others.
    KnownBefore(const JoinSide& here, const JoinSide& there, const std::vector<MergedStep>& arriving);

    bool isAnything() const { return m_moments.seen || m_moments.shown; }
    /// The last step of the other one that is known here.
    std::int64_t lastStep() const { return m_moments.lastKnown; }
    /// The other one as it was after that.
    const ProjectThen& there() const { return m_there; }
    const LastChanges& lastHere() const { return *m_lastHere; }
    const LastChanges& lastThere() const { return *m_lastThere; }

    /// What was known of a layer that is called so here and so there.
    struct Layer {
        KnownLayer seen;
        KnownLayer shown;
        std::set<std::string> was;
        const outlines::LayerInfo* seenInfo = nullptr; ///< null: there was none
        const outlines::LayerInfo* shownInfo = nullptr;
    };
    /// What is known of each outline by the steps that it derives from. Null: both were never one, nor parts.
    const OutlineEvents* events() const { return m_events ? &*m_events : nullptr; }
    Layer of(const std::string& here, const std::string& there) const;

    /// Whether all that was done to an outline there since is known here, by way of others who had it; and
    /// the other way round. `arriving`: steps that are about to come from others.
    bool isKnownHere(const std::string& here, const std::string& there, const std::string& uuid,
                     const std::vector<MergedStep>& arriving) const;
    bool isKnownThere(const std::string& here, const std::string& there, const std::string& uuid,
                      const std::vector<MergedStep>& arriving) const;

private:
    KnownLayer seenThere(const std::string& here, const std::string& there) const;
    KnownLayer shownHere(const std::string& here, const std::string& there) const;
    KnownLayer ofBoth(const std::string& here, const std::string& there) const;

    const JoinSide& m_hereSide;
    const JoinSide& m_thereSide;
    CommonMoments m_moments;
    ProjectThen m_here;                  ///< after the step of `seen`, else of `shown`
    ProjectThen m_hereShown;             ///< after the step of `shown`
    ProjectThen m_there;                 ///< after lastStep()
    std::int64_t m_since = 0;            ///< the step of m_here
    std::optional<ProjectThen> m_origin; ///< what was here when both were parts of one; none: not asked for
    std::map<outlines::OutlineRef, std::vector<std::int64_t>> m_touchedSinceOrigin;
    ProjectThen m_thereShown;                                                 ///< after the step of `shown`
    std::map<outlines::OutlineRef, std::vector<std::int64_t>> m_touchedHere;  ///< since m_here, newest first
    std::map<outlines::OutlineRef, std::vector<std::int64_t>> m_touchedThere; ///< since m_there
    std::optional<OutlineEvents> m_events;
    std::optional<LastChanges> m_lastHere;
    std::optional<LastChanges> m_lastThere;
};

} // namespace nunatak::project
