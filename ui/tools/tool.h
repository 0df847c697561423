// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/place.h"
#include "ui/tools/proposal.h"
#include "ui/tools/scene.h"

#include <QPoint>
#include <Qt>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace nunatak::ui::tools {

/// One drag. Its lifetime is its state: what it said last is done when the button is released, nothing when
/// it is destroyed before.
class Gesture {
public:
    virtual ~Gesture() = default;
    /// With the pointer here; called once for all moves between two pictures, the last time for the release.
    virtual Proposal at(const Place& place) = 0;
    /// The pointer passed here on its way there, faster than pictures can be drawn. Costs next to nothing.
    virtual void passes(const Place& place) { static_cast<void>(place); }
    /// The button is released here: what is done. What at() says, unless the drag is a part of something that
    /// ends later.
    virtual Proposal release(const Place& place) { return at(place); }
};

/// What a tool shows of a pointer that rests.
struct Hover {
    std::optional<geo::VertexId> vertex{}; ///< of the selected outline: a press takes it
    Qt::CursorShape cursor =
        Qt::ArrowCursor;               ///< CrossCursor: one whose middle is open, with the tool's badge
    std::optional<Proposal> preview{}; ///< what a click here would do; none: what stands stays drawn
};

/// Where a tool is between two gestures.
struct Standing {
    QString hint;                      ///< what can be done now, in a line at the view's lower edge
    QString subject;                   ///< what it works on, in a few words at the view's upper edge
    Proposal proposal;                 ///< what was begun, to be drawn; nothing of it is done; its work is
                                       ///< asked for, and drawn and said when it is known
    bool takesOptions = true;          ///< what is chosen of the tool's options means something now
    std::optional<geo::Point> place{}; ///< of what is selected: shown, and another can be typed (moveTo())
};

/// What a menu at a place offers besides what is always there.
struct Menu {
    struct Item {
        const char* icon; ///< of the Breeze theme
        QString text;
        std::function<Proposal(const Scene&)> run;
        bool isPreviewed = false; ///< what it would do is drawn while it is highlighted
        QString tool{}; ///< id of the tool that it stands for, for the record; empty: that in the hand
    };
    std::optional<Selection> selection{}; ///< what the menu is about, selected as it opens
    QString heading{};                    ///< what is there; empty: nothing but ground
    bool isLocked = false;                ///< it can be looked at and taken from, not edited
    bool isQuestion = false;     ///< one of `items` has to be chosen for what was begun; nothing else
    std::vector<Item> beneath{}; ///< the other outlines there
    std::vector<Item> items{};
};

/// What the left button does, and the right one and some keys while this tool is in the hand. A tool is asked
/// and answers; it calls nobody. The scene is that of this moment.
class Tool {
public:
    virtual ~Tool() = default;
    /// A drag that begins here; null: the camera's.
    virtual std::unique_ptr<Gesture> press(const Place&, const Scene&) { return nullptr; }
    /// A press and a release in one place, also of a gesture that did not move.
    virtual Proposal click(const Place&, const Scene&) { return {}; }
    /// None: the camera's.
    virtual std::optional<Proposal> doubleClick(const Place&, const Scene&) { return std::nullopt; }
    virtual Hover hover(const Place&, const Scene&) { return {}; }
    /// Something was begun, such as a line, that finish() or back() would end.
    virtual bool isBegun() const { return false; }
    /// Right click or Enter: what was begun is done. None: nothing was begun.
    virtual std::optional<Proposal> finish(const Scene&) { return std::nullopt; }
    /// The key that it was held by is let go: what a hand began is done as by finish(). None: nothing was.
    virtual std::optional<Proposal> letGo(const Scene& scene) { return finish(scene); }
    /// What finish(), letGo() or doubleClick() proposed was done, or was not.
    virtual void ended(bool isDone) { static_cast<void>(isDone); }
    /// Tab: the other way to understand what was begun, also while it is dragged. False: nothing was begun.
    virtual bool turn() { return false; }
    /// Backspace: one point back. None: there is none.
    virtual std::optional<Proposal> pointBack(const Scene&) { return std::nullopt; }
    /// Esc: one step back within the tool. None: there is none, and the host goes back itself.
    virtual std::optional<Proposal> back(const Scene&) { return std::nullopt; }
    /// A right click while nothing was begun.
    virtual Menu menu(const Place&, const Scene&) { return {}; }
    /// Arrow keys, so many pixels (see Scene) to the right and up as the view shows it. None: the camera's.
    virtual std::optional<Proposal> nudge(QPoint, const Scene&) { return std::nullopt; }
    virtual Standing standing(const Scene&) const { return {}; }
    /// What stands at Standing::place goes to this place, which was typed.
    virtual Proposal moveTo(geo::Point place, const Scene&) {
        static_cast<void>(place);
        return {};
    }
    /// What was chosen of an option of its table entry; told when the tool is taken up, and at each change.
    virtual void choose(const QString& option, int value) {
        static_cast<void>(option);
        static_cast<void>(value);
    }
};

} // namespace nunatak::ui::tools
