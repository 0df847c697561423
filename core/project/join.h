// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "editing/finding.h"
#include "project/outline_join.h"
#include "project/project.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

// Projects that several people worked on, joined: parts of a split with what they are parts of, or copies.
namespace nunatak::project {

/// What is taken where two changed the same.
enum class Choice { Undecided, Here, There };
/// What is taken where nobody decided. Newer: what was changed last, by the clocks of both; it says nothing
/// where one of the moments is not known (isMomentKnown()), or both are the same.
enum class Prefer { Nobody, Here, There, Newer };

/// Something that two people changed, each in their own way: one glacier, or several that go together, such
/// as the pieces of a split or two outlines drawn on one ground.
struct JoinConflict {
    std::string source; ///< whose it is that is not here: the other project's name
    std::string ours;   ///< whose is here: this project's, or one's that was joined before
    std::string layer;  ///< here
    std::string uuid;   ///< of the glacier, by which decisions name the conflict
    std::string name;
    std::vector<Disagreement> disagreements;
    outlines::OutlineHandle before; ///< null: it was not there
    outlines::OutlineHandle here;   ///< null: removed
    outlines::OutlineHandle there;
    HistoryStep lastHere; ///< the last step that changed it; of id 0: unknown
    HistoryStep lastThere;
    /// What taking theirs does besides to others that go together with it.
    std::vector<outlines::OutlineChange> along;
    Choice choice = Choice::Undecided; ///< what was taken

    /// By which a decision names it.
    std::string key() const { return source + "/" + layer + "/" + uuid; }
    /// Whose was changed last; Undecided where that is not known.
    Choice newer() const;
};

struct JoinRequest {
    std::vector<std::shared_ptr<const Project>> sources;
    Prefer prefer = Prefer::Nobody;
    std::map<std::string, Choice> decisions{}; ///< by JoinConflict::key()
};

/// What comes of it.
struct Join {
    LayerStep step;                      ///< for Project::take(), where all is decided; with scenes that come
    std::vector<JoinConflict> conflicts; ///< all of them
    int undecided = 0;                   ///< of them; what they are about is as it is here
    int changed = 0;                     ///< glaciers that others changed
    int added = 0;
    int removed = 0;
    int both = 0; ///< of the changed: both changed them, and it went together
    /// Overlaps and gaps that are there with it and were not before.
    std::vector<editing::Finding> findings;
    std::vector<std::string> notes; ///< what the user should know, a sentence each
    /// "12 glaciers changed, 2 new, 1 removed".
    std::string counts() const;
};

/// Works out what others did since both were the same, and what becomes of it here: what one alone changed
/// is taken, by UUID and, within a glacier, by line, verdict, name and attribute; what two changed is a
/// conflict. New layers, scenes and predictions come along, with the steps of the other histories. Neither
/// project changes. The plan runs on any thread. Throws Error where a source is the project itself, in
/// another coordinate system, or cannot be read.
std::function<Join(const Progress&)> planJoin(const Project& project, JoinRequest request);

} // namespace nunatak::project
