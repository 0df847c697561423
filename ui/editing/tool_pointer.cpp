// SPDX-License-Identifier: GPL-3.0-or-later
// The pointer, as far as it is the tool's.
#include "ui/editing/open_cross.h"
#include "ui/editing/pointer_note.h"
#include "ui/editing/tool_host.h"
#include "ui/viewport/viewport.h"

#include <QIcon>

#include <cmath>
#include <utility>

namespace nunatak::ui::editing {

using tools::Proposal;
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
    void pass(const PointerEvent& event) override { m_host.pass(event); }
    void update(const PointerEvent& event) override { m_host.drag(event); }
    void end(const PointerEvent& event) override { m_host.release(event); }
    void cancel() override { m_host.putBack(); }

private:
    ToolHost& m_host;
};

std::unique_ptr<viewport::LeftDrag> ToolHost::press(const PointerEvent& event) {
    endNudge();
    hover(event);
    m_gesture = m_tool->press(placeOf(event), m_scene);
    m_pressed = event.position;
    m_hasMoved = false;
    return m_gesture ? std::make_unique<Drag>(*this) : nullptr;
}

void ToolHost::note(const PointerEvent& event) {
    const QPointF away = event.position - m_pressed;
    m_pointer = event.inView;
    m_event = event;
    m_hasMoved = m_hasMoved || std::hypot(away.x(), away.y()) > trembling;
}

void ToolHost::pass(const PointerEvent& event) {
    note(event);
    if (m_gesture && m_hasMoved) {
        m_gesture->passes(placeOf(event));
    }
}

void ToolHost::drag(const PointerEvent& event) {
    note(event);
    if (m_gesture && m_hasMoved) {
        show(m_gesture->at(placeOf(event)), event.inView);
    }
}

void ToolHost::release(const PointerEvent& event) {
    const auto gesture = std::exchange(m_gesture, nullptr);
    if (!gesture) {
        return;
    }
    m_pointer = event.inView;
    if (!m_hasMoved) {
        click(event);
    } else {
        const Proposal proposal = gesture->release(placeOf(event));
        m_note->hide();
        if (proposal.refusal.isEmpty()) {
            perform(proposal, m_current, event.inView);
        } else if (proposal.locked) {
            Q_EMIT lockedTaken(*proposal.locked);
        }
        // After the edit: in this order the old shape is never seen in between.
        stand();
    }
    if (m_isLeaving) {
        returnToLast();
    }
}

void ToolHost::putBack() {
    if (std::exchange(m_gesture, nullptr)) {
        m_note->hide();
        stand();
        if (m_isLeaving) {
            returnToLast();
        }
    }
}

void ToolHost::click(const PointerEvent& event) {
    m_pointer = event.inView;
    const auto before = m_scene.selection();
    const auto proposal = m_tool->click(placeOf(event), m_scene);
    perform(proposal, m_current, event.inView);
    m_clicked =
        proposal.edit ? std::nullopt : std::optional(Clicked{before, m_scene.selection(), event.inView});
    stand();
}

void ToolHost::takeBackClick(QPointF place) {
    m_note->hide(); // of the place that is left
    const auto clicked = std::exchange(m_clicked, std::nullopt);
    constexpr double samePlace = 10; // pixels: an earlier click elsewhere is no half of this one
    if (clicked && (clicked->place - place).manhattanLength() <= samePlace &&
        clicked->after == m_scene.selection() && clicked->before != clicked->after) {
        m_world.select(clicked->before);
        stand();
    }
}

void ToolHost::rightClick(const PointerEvent& event) {
    endNudge();
    m_pointer = event.inView;
    if (const auto proposal = m_tool->finish(m_scene)) {
        end(*proposal, event.inView);
        return;
    }
    const auto menu = m_tool->menu(placeOf(event), m_scene);
    if (menu.selection && *menu.selection != m_scene.selection()) {
        m_world.select(*menu.selection);
    }
    Q_EMIT menuRequested(menu, event.inView);
}

bool ToolHost::doubleClick(const PointerEvent& event) {
    m_pointer = event.inView;
    takeBackClick(event.inView); // what a double click means is about what was selected before it
    const auto proposal = m_tool->doubleClick(placeOf(event), m_scene);
    if (!proposal) {
        return false;
    }
    end(*proposal, event.inView);
    return true;
}

void ToolHost::hover(const PointerEvent& event) {
    m_pointer = event.inView;
    m_event = event;
    const auto hover = m_tool->hover(placeOf(event), m_scene);
    light(hover.vertex);
    if (hover.cursor == Qt::ArrowCursor) {
        m_view.unsetCursor();
    } else {
        m_view.setCursor(hover.cursor == Qt::CrossCursor ? cross() : QCursor(hover.cursor));
    }
    if (hover.preview) {
        show(*hover.preview, event.inView);
        m_isPreviewing = true;
        if (hover.preview->isComing) {
            showPreviewSoon();
        }
    } else {
        endPreview();
        sayWorked();
    }
}

QCursor ToolHost::cross() {
    if (const double ratio = m_view.devicePixelRatioF(); m_crossRatio != ratio) {
        m_cross = openCross(QIcon::fromTheme(QLatin1String(entry().icon)), ratio);
        m_crossRatio = ratio;
    }
    return m_cross;
}

} // namespace nunatak::ui::editing
