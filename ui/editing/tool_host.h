// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "geo/crs.h"
#include "ui/editing/live_areas.h"
#include "ui/editing/proposal_view.h"
#include "ui/tools/tool_table.h"
#include "ui/viewport/left_button.h"

#include <QCursor>
#include <QObject>
#include <QPoint>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

class QKeyEvent;
class QWheelEvent;

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

class HintLine;
class PointerNote;
class Toast;
class ToolPill;

/// What the host does to the world, since a tool does nothing.
struct World {
    /// One step of the history; false: it was not done, and the user was told why.
    std::function<bool(const nunatak::editing::Edit& edit)> commit;
    std::function<void(const tools::Selection& selection)> select;
    std::function<void()> undo;
    /// The project's system, in which places are shown and typed; empty or none: as numbers.
    std::function<geo::Crs()> crs{};
    /// Runs the work on another thread, and `then` on this one with what it gives; none: at once.
    std::function<void(const tools::Work& work, std::function<void(tools::Proposal)> then)> inBackground{};
    /// What a glacier that a hand changes is held against; none: nothing.
    std::function<HeldAgainst(const outlines::OutlineRef& glacier)> heldAgainst{};
};

/// Where tools work: gives them the pointer and their keys, draws what they propose, does it once at the end,
/// shows what they say. A drag that is released while its proposal is refused is put back. It is cancelled by
/// an undo, another tool, a hidden view. Arrow keys that move vertices are a drag from press to release.
class ToolHost : public QObject, private viewport::LeftButton {
    Q_OBJECT

public:
    /// The viewport and the scene outlive the host. The first tool of the table is home.
    ToolHost(viewport::Viewport& view, const tools::Scene& scene, World world,
             std::vector<tools::ToolEntry> table, QObject* parent = nullptr);
    ~ToolHost() override;

    const std::vector<tools::ToolEntry>& table() const { return m_table; }
    const tools::Scene& scene() const { return m_scene; }
    /// Switches to a tool, or does at once what the entry says.
    void trigger(const QString& id);
    /// Switches to a tool whose key is held. When it is let go the tool before comes back, once the drag is
    /// over and what a hand began is done; after a tap that nothing was done in the tool stays.
    void hold(const QString& id);
    void letGo(const QString& id, bool isTap);
    QString current() const { return m_current; }
    /// Where the hand is in the view, or was last.
    QPointF pointer() const;
    /// The entry of the tool in the hand.
    const tools::ToolEntry& entry() const;
    /// What is chosen of an option: the next value, and from the last the first.
    void chooseNext(const QString& option);
    int chosen(const tools::Option& option) const;
    /// Does what this proposes; recorded with a tool's id, or the tool in the hand.
    void carryOut(const std::function<tools::Proposal(const tools::Scene& scene)>& run,
                  const QString& tool = {});
    /// Draws what this proposes, and says at a place of the view what it does or why not, until endPreview().
    void preview(const std::function<tools::Proposal(const tools::Scene& scene)>& run, QPointF place);
    void endPreview();
    /// Puts back what a hand is doing.
    void cancel();
    /// One step back: the tool's own, home, the selected vertices, the selection. False: there was none.
    bool back();
    /// One point of a line that is being drawn. False: none is.
    bool pointBack();
    /// The tool has begun something, such as a line, that is neither done nor given up.
    bool isBegun() const;
    /// The same; then the hand is told that what it asked for has to wait, since that is of the selection.
    bool refusesWhileBegun();
    /// Does what arrow keys that are still held have moved, before something else is selected.
    void settle();
    bool isNudging() const { return m_nudge.has_value(); }
    /// A sentence with a way back is no longer of the last step.
    void withdrawOffer();
    /// Nothing is offered any more: the project ends.
    void dropOffers();
    /// The selection, or an outline of it, is another one now.
    void refresh();
    /// A layer is another one now: what a hand holds may be, too, and what is worked out is of before.
    void layersChanged();
    /// A sentence with a button, at the view's lower edge.
    void offer(const QString& sentence, const QString& button, std::function<void()> action);
    /// The same when what is offered there now has gone: what nobody waits for.
    void offerNext(const QString& sentence, const QString& button, std::function<void()> action);
    /// The same beside the pointer, for the hand that is there; it takes the place of a refusal.
    void offerAtPointer(const QString& sentence, const QString& button, std::function<void()> action);
    /// What was done just now, with undo as its button; of what is being done stands with what the tool says.
    void offerUndo(const QString& sentence);

    /// A sentence at the pointer, for a moment.
    void remark(const QString& sentence);

Q_SIGNALS:
    /// A hand tried to change an outline that is locked.
    void lockedTaken(const outlines::OutlineRef& ref);
    void currentChanged(const QString& id);
    /// What the tool works on, or can do, may be another one.
    void standingChanged();
    /// A right click that ended nothing; `place` in pixels of the view.
    void menuRequested(const tools::Menu& menu, QPointF place);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Drag;

    std::unique_ptr<viewport::LeftDrag> press(const viewport::PointerEvent& event) override;
    bool doubleClick(const viewport::PointerEvent& event) override;
    void hover(const viewport::PointerEvent& event) override;
    void click(const viewport::PointerEvent& event);
    /// Two clicks that fly there select nothing: what the first of them did is taken back.
    void takeBackClick(QPointF place);
    void rightClick(const viewport::PointerEvent& event);
    void drag(const viewport::PointerEvent& event);
    void pass(const viewport::PointerEvent& event);
    /// Where a hand drags now.
    void note(const viewport::PointerEvent& event);
    void release(const viewport::PointerEvent& event);
    void putBack();
    bool pressKey(const QKeyEvent& key);
    bool turnWheel(const QWheelEvent& wheel);
    bool turnLine();
    /// What the hand would do where it is, once it would do something else there.
    void showPreview();
    /// The same in a moment, since what is shown is not all yet.
    void showPreviewSoon();
    bool nudge(QPoint direction);
    void endNudge();
    void choose(const tools::Option& option, int value);
    /// The place of what is selected as text, in the pill.
    void showPlace();
    bool beginTyping();
    void endTyping(const QString& text);
    /// The vertex that a press would take.
    void light(const std::optional<geo::VertexId>& vertex);

    /// What the tool's proposal waits for; the last one asked for is run next. None: nothing is.
    void want(const std::shared_ptr<const tools::Work>& work);
    void startWork();
    void worked(const std::shared_ptr<const tools::Work>& work, tools::Proposal known);
    void drawStanding(const tools::Standing& standing);
    /// Why what is worked out cannot be, at the pointer.
    void sayWorked();

    void use(const tools::ToolEntry& entry);
    void returnToLast();
    QCursor cross();
    /// As it would be.
    void show(const tools::Proposal& proposal, QPointF pointer);
    /// What was drawn of a proposal goes, and the tool says where it is.
    void stand();
    /// The end of what was begun. False: it was refused.
    bool end(const tools::Proposal& proposal, QPointF pointer);
    /// False: it was refused.
    bool perform(const tools::Proposal& proposal, const QString& id, QPointF pointer);

    viewport::Viewport& m_view;
    const tools::Scene& m_scene;
    World m_world;
    std::vector<tools::ToolEntry> m_table;
    ProposalView m_drawn;
    LiveAreas m_areas;
    PointerNote* m_note; ///< the view's, as are the next
    Toast* m_toast;
    HintLine* m_hint;
    ToolPill* m_pill;

    std::unique_ptr<tools::Tool> m_tool;
    QString m_current;
    std::map<QString, int> m_chosen; ///< of options
    QCursor m_cross;
    double m_crossRatio = 0;       ///< that it was made for; 0: none yet
    std::optional<QString> m_last; ///< the tool before, while the key of this one is held
    bool m_wasUsed = false;        ///< since then
    bool m_isLeaving = false;      ///< as soon as the drag has ended, or what was asked for is done
    std::unique_ptr<tools::Gesture> m_gesture;
    std::optional<QPoint> m_nudge; ///< pixels to the right and up so far
    bool m_isPreviewing = false;   ///< of what a click would do
    struct Working {
        std::shared_ptr<const tools::Work> wanted;
        std::optional<tools::Proposal> known; ///< what it gave
        bool isRunning = false;               ///< this, or one before
        bool isToBeDone = false;              ///< as soon as it is known
        bool isDrawn = false;
    };
    Working m_working;
    bool m_isStanding = false; ///< who stands draws what is known
    bool m_isAwaiting = false; ///< more of that
    QPointF m_pressed;
    std::optional<geo::VertexId> m_lit;
    std::optional<geo::Point> m_place;             ///< of what is selected
    std::optional<QPointF> m_pointer;              ///< where it was last, in the widget
    std::optional<viewport::PointerEvent> m_event; ///< the last on the ground, while a hand is there
    bool m_hasMoved = false;                       ///< farther than a click trembles
    struct Clicked {
        tools::Selection before;
        tools::Selection after;
        QPointF place; ///< in the view
    };
    QString m_toldOfStep; ///< what others said of a step while it was done
    bool m_isCommitting = false;
    std::optional<Clicked> m_clicked; ///< what the last click selected, which may be half of a double click
};

} // namespace nunatak::ui::editing
