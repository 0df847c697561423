// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/region_drawing.h"

#include "geo/shape_operations.h"
#include "outlines/outline.h"
#include "ui/viewport/viewport.h"

#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>

#include <utility>
#include <vector>

namespace nunatak::ui::review {

namespace {

/// No layer of a project can be called so.
const QString layer = QStringLiteral("\u0001review region");
constexpr double step = 4; // pixels: nearer points say nothing more
constexpr std::size_t fewest = 3;

} // namespace

RegionDrawing::RegionDrawing(viewport::Viewport& view) : m_view(view) {}

void RegionDrawing::begin() {
    if (!m_isWaiting) {
        m_isWaiting = true;
        m_held.reset();
        m_line.clear();
        m_view.installEventFilter(this);
        m_view.setCursor(Qt::CrossCursor);
        m_view.setFocus();
    }
}

void RegionDrawing::giveUp() {
    if (m_isWaiting) {
        end(false);
        m_view.removeLayer(layer);
        Q_EMIT givenUp();
    }
}

void RegionDrawing::clear() {
    if (m_isWaiting) {
        end(false);
    }
    m_view.removeLayer(layer);
}

void RegionDrawing::show(const geo::MultiPolygon& region) {
    outlines::Outline outline;
    outline.uuid = outlines::makeUuid();
    outline.geometry = region;
    viewport::LayerStyle style{QColor(255, 255, 255), 2, true};
    style.isReference = true;
    m_view.setLayer(layer, {outlines::share(std::move(outline))}, style);
}

void RegionDrawing::add(QPointF position) {
    const auto place = m_view.pick(position);
    if (!place || (!m_line.empty() && QLineF(position, m_last).length() < step)) {
        return;
    }
    m_last = position;
    m_line.push_back(place->map);
    if (m_line.size() >= fewest) {
        show({{m_line, {}}});
    }
}

void RegionDrawing::end(bool isDone) {
    m_isWaiting = false;
    m_held.reset();
    m_view.removeEventFilter(this);
    m_view.unsetCursor();
    const geo::Ring line = std::exchange(m_line, {});
    if (!isDone) {
        return;
    }
    // A line that crosses itself is read by the even-odd rule.
    const auto region =
        line.size() < fewest ? geo::MultiPolygon() : geo::madeValid(geo::MultiPolygon{{line, {}}});
    if (region.empty()) {
        Q_EMIT givenUp();
        return;
    }
    Q_EMIT drawn(region);
}

bool RegionDrawing::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick: {
        const auto& mouse = *static_cast<QMouseEvent*>(event);
        if (mouse.button() == Qt::LeftButton) {
            m_held.emplace();
            m_line.clear();
            add(mouse.position());
            return true;
        }
        if (mouse.button() == Qt::RightButton) {
            giveUp();
            return true;
        }
        break;
    }
    case QEvent::MouseMove: {
        const auto& mouse = *static_cast<QMouseEvent*>(event);
        if (m_held) {
            add(mouse.position());
            return true;
        }
        return mouse.buttons() == Qt::NoButton; // tools light nothing meanwhile
    }
    case QEvent::MouseButtonRelease:
        if (m_held && static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton) {
            end(true);
            return true;
        }
        break;
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
            event->accept();
            if (event->type() == QEvent::KeyPress) {
                giveUp();
            }
            return true;
        }
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace nunatak::ui::review
