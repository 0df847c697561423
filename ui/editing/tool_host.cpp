// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/tool_host.h"

#include "geo/rings.h"
#include "ui/base/owned.h"
#include "ui/editing/area_note.h"
#include "ui/editing/open_cross.h"
#include "ui/editing/pointer_note.h"
#include "ui/editing/toast.h"
#include "ui/viewport/viewport.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::editing {

using tools::Proposal;
using tools::Selection;
using tools::ToolEntry;
using viewport::PointerEvent;

namespace {

constexpr double trembling = 4; // pixels

tools::Place placeOf(const PointerEvent& event) {
    return {event.position, event.map, event.metresPerPixel, event.modifiers};
}

} // namespace

/// The viewport's side of a gesture; ends with the button, or is destroyed when something came between.
class ToolHost::Drag : public viewport::LeftDrag {
public:
    explicit Drag(ToolHost& host) : m_host(host) {}
    Drag(const Drag&) = delete;
    Drag& operator=(const Drag&) = delete;
    ~Drag() override { m_host.putBack(); }
    void update(const PointerEvent& event) override { m_host.drag(event); }
    void end(const PointerEvent& event) override { m_host.release(event); }
    void cancel() override { m_host.putBack(); }

private:
    ToolHost& m_host;
};

ToolHost::ToolHost(viewport::Viewport& view, const tools::Scene& scene, World world,
                   std::vector<ToolEntry> table, QObject* parent)
    : QObject(parent), m_view(view), m_scene(scene), m_world(std::move(world)), m_table(std::move(table)),
      m_note(owned<PointerNote>(view)), m_toast(owned<Toast>(view)) {
    use(m_table.front());
    m_view.setLeftButton(this);
    m_view.installEventFilter(this);
    connect(&m_view, &viewport::Viewport::clicked, this, &ToolHost::click);
}

ToolHost::~ToolHost() {
    m_view.setLeftButton(nullptr);
}

void ToolHost::use(const ToolEntry& entry) {
    cancel();
    m_tool = entry.make();
    m_view.setHoveredVertex(std::nullopt);
    m_view.unsetCursor();
    if (const auto id = QString::fromLatin1(entry.id); id != m_current) {
        m_current = id;
        Q_EMIT currentChanged(m_current);
    }
}

void ToolHost::trigger(const QString& id) {
    const auto found = std::find_if(m_table.begin(), m_table.end(),
                                    [&id](const auto& entry) { return QLatin1String(entry.id) == id; });
    if (found == m_table.end()) {
        return;
    }
    if (found->make) {
        use(*found);
    } else {
        cancel();
        perform(found->run(m_scene), id, m_pointer);
    }
}

void ToolHost::cancel() {
    if (m_gesture) {
        m_view.cancelDrag(); // which puts back
    }
}

bool ToolHost::back() {
    if (m_gesture) {
        cancel();
        return true;
    }
    if (const auto proposal = m_tool->back(m_scene)) {
        perform(*proposal, m_current, m_pointer);
        return true;
    }
    if (QLatin1String(m_table.front().id) != m_current) {
        use(m_table.front());
        return true;
    }
    Selection selection = m_scene.selection();
    if (selection.empty()) {
        return false;
    }
    if (!selection.vertices.empty()) {
        selection.vertices.clear();
    } else {
        selection.outlines.clear();
    }
    m_world.select(selection);
    return true;
}

void ToolHost::refresh() {
    m_view.setHoveredVertex(std::nullopt); // its vertices may be others
    if (!m_gesture) {
        drawMarks({});
    }
}

void ToolHost::offer(const QString& sentence, const QString& button, std::function<void()> action) {
    m_toast->say(sentence, button, std::move(action));
}

std::unique_ptr<viewport::LeftDrag> ToolHost::press(const PointerEvent& event) {
    hover(event);
    m_gesture = m_tool->press(placeOf(event), m_scene);
    m_pressed = event.position;
    m_hasMoved = false;
    return m_gesture ? std::make_unique<Drag>(*this) : nullptr;
}

void ToolHost::drag(const PointerEvent& event) {
    const QPointF away = event.position - m_pressed;
    m_hasMoved = m_hasMoved || std::hypot(away.x(), away.y()) > trembling;
    if (m_gesture && m_hasMoved) {
        show(m_gesture->at(placeOf(event)), event.position);
    }
}

void ToolHost::release(const PointerEvent& event) {
    const auto gesture = std::exchange(m_gesture, nullptr);
    if (!gesture) {
        return;
    }
    if (!m_hasMoved) {
        click(event);
        return;
    }
    const Proposal proposal = gesture->at(placeOf(event));
    m_note->hide();
    if (proposal.hint.isEmpty()) {
        perform(proposal, m_current, event.position);
    } else if (proposal.locked) {
        Q_EMIT lockedTaken(*proposal.locked);
    }
    // After the edit: in this order the old shape is never seen in between.
    clear();
}

void ToolHost::putBack() {
    if (std::exchange(m_gesture, nullptr)) {
        m_note->hide();
        clear();
    }
}

void ToolHost::click(const PointerEvent& event) {
    m_pointer = event.position;
    perform(m_tool->click(placeOf(event), m_scene), m_current, event.position);
}

bool ToolHost::doubleClick(const PointerEvent& event) {
    const auto proposal = m_tool->doubleClick(placeOf(event), m_scene);
    if (proposal) {
        perform(*proposal, m_current, event.position);
    }
    return proposal.has_value();
}

void ToolHost::hover(const PointerEvent& event) {
    m_pointer = event.position;
    const auto hover = m_tool->hover(placeOf(event), m_scene);
    m_view.setHoveredVertex(hover.vertex);
    if (hover.cursor == Qt::ArrowCursor) {
        m_view.unsetCursor();
    } else if (hover.cursor == Qt::CrossCursor) {
        m_view.setCursor(openCross(m_view.devicePixelRatioF()));
    } else {
        m_view.setCursor(hover.cursor);
    }
}

void ToolHost::show(const Proposal& proposal, QPointF pointer) {
    if (proposal.edit) {
        draw(*proposal.edit);
    }
    drawMarks(proposal);
    if (!proposal.hint.isEmpty()) {
        m_note->say(proposal.hint, PointerNote::Kind::Refusal, pointer);
        return;
    }
    const QString note =
        proposal.note.isEmpty() && proposal.edit ? areaChangeText(*proposal.edit) : proposal.note;
    if (note.isEmpty()) {
        m_note->hide();
    } else {
        m_note->say(note, PointerNote::Kind::Note, pointer);
    }
}

void ToolHost::draw(const nunatak::editing::Edit& edit) {
    m_also.clear();
    std::set<QString> live;
    for (const auto& change : edit.changes) {
        const auto layer = QString::fromStdString(change.layer);
        if (!change.after) {
            continue;
        }
        if (live.insert(layer).second) {
            m_view.setLiveOutline(layer, change.after);
        } else {
            geo::forEachRing(change.after->geometry,
                             [this](const geo::Ring& ring, int, int) { m_also.push_back(ring); });
        }
    }
    for (const auto& layer : m_live) {
        if (!live.contains(layer)) {
            m_view.setLiveOutline(layer, nullptr);
        }
    }
    m_live = std::move(live);
}

void ToolHost::drawMarks(const Proposal& proposal) {
    viewport::Marks marks;
    for (const auto& line : proposal.marks.lines) {
        marks.lines.push_back({line.points, line.isClosed, line.look == tools::Marks::Look::Replaced});
    }
    for (const auto& ring : m_also) {
        marks.lines.push_back({ring, true, false});
    }
    marks.dots = proposal.marks.dots;
    const Selection& selection = proposal.selection ? *proposal.selection : m_scene.selection();
    const auto outline = selection.only() != nullptr ? m_scene.outline(*selection.only()) : nullptr;
    for (const auto& vertex : selection.vertices) {
        if (const auto* point = outline ? geo::vertexAt(outline->geometry, vertex) : nullptr) {
            marks.dots.push_back(*point);
        }
    }
    m_view.setMarks(marks);
}

void ToolHost::clear() {
    for (const auto& layer : std::exchange(m_live, {})) {
        m_view.setLiveOutline(layer, nullptr);
    }
    m_also.clear();
    drawMarks({});
}

void ToolHost::perform(const Proposal& proposal, const QString& id, QPointF pointer) {
    if (!proposal.hint.isEmpty()) {
        m_note->sayBriefly(proposal.hint, PointerNote::Kind::Refusal, pointer);
        if (proposal.locked) {
            Q_EMIT lockedTaken(*proposal.locked);
        }
        return;
    }
    if (!proposal.edit || proposal.edit->empty()) {
        if (proposal.selection && *proposal.selection != m_scene.selection()) {
            m_world.select(*proposal.selection);
        }
        return;
    }
    nunatak::editing::Edit edit = *proposal.edit;
    edit.tool = id.toStdString();
    if (!m_world.commit(edit)) {
        return;
    }
    Selection then;
    if (edit.then) {
        then.outlines = {*edit.then};
    }
    m_world.select(proposal.selection.value_or(then));
    if (!proposal.done.isEmpty()) {
        m_toast->say(proposal.done, tr("Undo"), m_world.undo);
    }
}

bool ToolHost::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape &&
        !m_view.isDragging() && !m_view.isFlying() && back()) {
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace nunatak::ui::editing
