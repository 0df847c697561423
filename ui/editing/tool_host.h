// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "ui/tools/tool_table.h"
#include "ui/viewport/left_button.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

class PointerNote;
class Toast;

/// What the host does to the world, since a tool does nothing.
struct World {
    /// One step of the history; false: it was not done, and the user was told why.
    std::function<bool(const nunatak::editing::Edit& edit)> commit;
    std::function<void(const tools::Selection& selection)> select;
    std::function<void()> undo;
};

/// Where tools work: gives them the pointer, draws what they propose, does it once at the end. A drag that is
/// released while its proposal is refused is put back. It is cancelled by an undo, another tool, a hidden
/// view.
class ToolHost : public QObject, private viewport::LeftButton {
    Q_OBJECT

public:
    /// The viewport and the scene outlive the host. The first tool of the table is home.
    ToolHost(viewport::Viewport& view, const tools::Scene& scene, World world,
             std::vector<tools::ToolEntry> table, QObject* parent = nullptr);
    ~ToolHost() override;

    const std::vector<tools::ToolEntry>& table() const { return m_table; }
    /// Switches to a tool, or does at once what the entry says.
    void trigger(const QString& id);
    QString current() const { return m_current; }
    /// Puts back what a hand is doing.
    void cancel();
    /// One step back: the tool's own, home, the selected vertices, the selection. False: there was none.
    bool back();
    /// The selection, or an outline of it, is another one now.
    void refresh();
    /// A sentence in the view with a button.
    void offer(const QString& sentence, const QString& button, std::function<void()> action);

Q_SIGNALS:
    /// A hand tried to change an outline that is locked.
    void lockedTaken(const outlines::OutlineRef& ref);
    void currentChanged(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Drag;

    std::unique_ptr<viewport::LeftDrag> press(const viewport::PointerEvent& event) override;
    bool doubleClick(const viewport::PointerEvent& event) override;
    void hover(const viewport::PointerEvent& event) override;
    void click(const viewport::PointerEvent& event);
    void drag(const viewport::PointerEvent& event);
    void release(const viewport::PointerEvent& event);
    void putBack();

    void use(const tools::ToolEntry& entry);
    /// As it would be.
    void show(const tools::Proposal& proposal, QPointF pointer);
    void draw(const nunatak::editing::Edit& edit);
    void drawMarks(const tools::Proposal& proposal);
    /// What was drawn of a proposal goes.
    void clear();
    void perform(const tools::Proposal& proposal, const QString& id, QPointF pointer);

    viewport::Viewport& m_view;
    const tools::Scene& m_scene;
    World m_world;
    std::vector<tools::ToolEntry> m_table;
    PointerNote* m_note; ///< the view's, as is the next
    Toast* m_toast;

    std::unique_ptr<tools::Tool> m_tool;
    QString m_current;
    std::unique_ptr<tools::Gesture> m_gesture;
    QPointF m_pressed;
    QPointF m_pointer;             ///< where it was last
    bool m_hasMoved = false;       ///< farther than a click trembles
    std::set<QString> m_live;      ///< layers with an outline drawn as it would be
    std::vector<geo::Ring> m_also; ///< rings of further outlines that the edit changes
};

} // namespace nunatak::ui::editing
