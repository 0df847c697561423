// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/join_source.h"

#include <map>
#include <optional>

namespace nunatak::project {

/// Who changed an outline last, and when: the steps that stand, and of what came by a merge the others'
/// steps. Taking a step back, or doing it again, is no change of its own, but for a step of before both were
/// joined.
class LastChanges {
public:
    /// `then`: the side as it was after the step `since`.
    LastChanges(const JoinSide& side, const ProjectThen& then, std::int64_t since);
    /// Of id 0: not known.
    HistoryStep of(const outlines::OutlineRef& outline) const;

private:
    HistoryStep described(std::int64_t step, const outlines::OutlineRef& outline) const;

    const JoinSide* m_side;
    std::map<outlines::OutlineRef, std::int64_t> m_since;
    /// Of the whole history, read when it is asked for.
    mutable std::optional<std::map<outlines::OutlineRef, std::int64_t>> m_ever;
};

} // namespace nunatak::project
