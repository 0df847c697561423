// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "geo/polygon.h"
#include "ui/tools/selection.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace nunatak::ui::tools {

struct Menu;
struct Proposal;

/// What may take longer than a hand waits. It is run on another thread, one at a time, and uses nothing that
/// anybody else has.
using Work = std::function<Proposal()>;

/// What is drawn on the ground beside outlines, to show what a hand is doing. What an edit does to outlines
/// is drawn without them.
struct Marks {
    enum class Look {
        Drawn,    ///< a line that comes
        Replaced, ///< a stretch that goes
        Frame,    ///< of a selection box
        Refused,  ///< a line that cannot come
        Ice,      ///< a stroke that says so
        NoIce     ///< a stroke that says the opposite
    };
    struct Line {
        geo::Ring points; ///< project CRS
        bool isClosed = false;
        Look look = Look::Drawn;
        bool operator==(const Line&) const = default;
    };
    /// A place with a sign of one size on the screen.
    struct Spot {
        enum class Kind {
            HeldVertex, ///< the hand is drawn to a vertex: a square
            HeldLine,   ///< or to a line: a cross
            HeldEdge,   ///< or to an edge of what is shown: a small ring
            Refused     ///< why not lies here: a red ring
        };
        geo::Point place;
        Kind kind = Kind::HeldVertex;
        bool operator==(const Spot&) const = default;
    };
    std::vector<Line> lines;
    std::vector<geo::Point> dots; ///< vertices that are chosen
    std::vector<Spot> spots;
    bool operator==(const Marks&) const = default;
};

/// What a hand would do as it is now. Nothing has happened yet; who is asked for it next says it anew.
struct Proposal {
    std::optional<nunatak::editing::Edit>
        edit; ///< none while nothing is valid: the last valid one stays drawn
    /// Done with the edit and not drawn: the marks show it. Where the edit changes nothing, it is all that is
    /// done.
    std::vector<outlines::OutlineChange> besides;
    std::optional<Selection> selection; ///< that comes of it; none: as it is, or as the edit says
    Marks marks;
    QString refusal; ///< why not, in a few words at the pointer; it is not done while there is one
    QString note;    ///< what it is about, at the pointer, such as "312 vertices"
    /// Whose change of area stands beside the note. Without a note it is that of what is in the hand.
    enum class Change { None, OfHand, OfAll } change = Change::None;
    QString hint; ///< what can be done now, in a line at the view's lower edge; empty: what the tool says
    QString done; ///< what is said afterwards, with a way back
    QString said; ///< of what does nothing, or only selects: at the pointer for a moment
    /// What has to be decided first; nothing is done before.
    std::shared_ptr<const Menu> ask;
    /// What it gives takes the place of all this, as soon as it is known.
    std::shared_ptr<const Work> work;
    /// More of it comes by itself: ask again soon.
    bool isComing = false;
    /// A locked outline that was taken hold of: the user may be offered what can be edited in its stead.
    std::optional<outlines::OutlineRef> locked;
};

} // namespace nunatak::ui::tools
