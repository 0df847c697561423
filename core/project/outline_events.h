// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/common_moment.h"
#include "project/join_source.h"
#include "project/project_then.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nunatak::project {

/// A step that changed an outline, whichever project it is of: what it was, not where it is kept.
struct OutlineEvent {
    HistoryStep step;
    std::int64_t content = 0; ///< what the step changed (database/store.h, withChange()); 0: unknown
    std::string source{};     ///< by way of which merge: the project that it was done in; empty: here
    bool operator==(const OutlineEvent& other) const;
};

/// What two projects know of the steps that an outline's state derives from, in both of them: their own that
/// stand, and others' that came with merges that stand. What one of them derives from and the other one does
/// not know is new to that. A merge that was taken back tells of nothing; taking back what the other one
/// knows is an event of its own, and so is a removal, also where the outline never was.
class OutlineEvents {
public:
    /// `origin`: the nearest moment at which both were one, or had parts of one. `arriving`: steps that are
    /// about to come here from others.
    OutlineEvents(const JoinSide& here, const JoinSide& there, const CommonMoment& origin,
                  const std::vector<MergedStep>& arriving);

    struct News {
        bool isNewHere = false;  ///< what is there derives from something that is not known here
        bool isNewThere = false; ///< … the other way round
    };
    News of(const outlines::OutlineRef& here, const outlines::OutlineRef& there) const;

    /// What the outline was in each of them before what the other one does not know; the same where one of
    /// both moments contains the other.
    struct Bases {
        outlines::OutlineHandle here; ///< null: it was not there
        outlines::OutlineHandle there;
    };
    /// None where it is not known any more, since another program has changed the outline since.
    std::optional<Bases> basesOf(const outlines::OutlineRef& here, const outlines::OutlineRef& there) const;

    /// A step there, or one that came there with it, which is not known here of these outlines, by their
    /// names here.
    struct Unknown {
        std::int64_t step = 0;
        OutlineEvent event;
        std::vector<outlines::OutlineRef> outlines{};
    };
    /// In the order of the steps. `layers`: names of layers there → here.
    std::vector<Unknown> unknownHere(const std::map<std::string, std::string>& layers) const;

    /// The outlines of a layer there, by UUID, of which events are known there.
    std::set<std::string> knownThere(const std::string& layer) const;

private:
    struct At {
        std::int64_t step = 0; ///< with which it came to be known in that project
        OutlineEvent event;
        bool isKnown = false; ///< to the other one
    };
    struct Known {
        std::vector<At> events; ///< that count, in their order
        std::optional<std::size_t> firstNew;
        bool isFromOrigin = false;    ///< what both began with is known
        std::int64_t originSince = 0; ///< … since this step
    };
    struct Side {
        const JoinSide* side = nullptr;
        std::int64_t origin = 0;
        ProjectThen atOrigin;
        std::set<outlines::OutlineRef> unknownAtOrigin;
        std::map<outlines::OutlineRef, std::vector<std::int64_t>> touched; ///< since, oldest first
        std::multimap<outlines::OutlineRef, OutlineEvent> arriving;
        std::int64_t inherited = 0; ///< up to this step the history is of what it is a part of
        mutable std::map<std::int64_t, ProjectThen> thens;

        OutlineEvent eventOf(const HistoryStep& step) const;
        bool knows(const OutlineEvent& event, const outlines::OutlineRef& ref) const;
        bool stands(const HistoryStep& step) const;
        /// False: not known.
        bool find(std::int64_t before, const outlines::OutlineRef& ref, outlines::OutlineHandle& found) const;
    };

    static Side sideOf(const JoinSide& side, std::int64_t origin);
    static Known knownTo(const Side& side, const outlines::OutlineRef& ref, const Side& other,
                         const outlines::OutlineRef& otherRef);
    static bool isWithin(const Known& one, const Known& other);

    Side m_here;
    Side m_there;
};

} // namespace nunatak::project
