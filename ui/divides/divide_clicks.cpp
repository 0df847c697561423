// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/divides/divide_clicks.h"

#include "geo/segments.h"
#include "ui/viewport/viewport.h"

#include <QMouseEvent>

#include <utility>

namespace nunatak::ui::divides {

namespace {

constexpr double reach = 5; // pixels

} // namespace

DivideClicks::DivideClicks(viewport::Viewport& view) : m_view(view) {
    m_view.installEventFilter(this);
}

void DivideClicks::setDivides(std::vector<Divide> divides) {
    m_divides = std::move(divides);
    m_extents.clear();
    for (const Divide& divide : m_divides) {
        geo::Extent extent;
        for (const geo::Point& point : divide.line) {
            extent.include(point);
        }
        m_extents.push_back(extent);
    }
    m_pressed.reset();
}

std::optional<DivideClicks::Hit> DivideClicks::hit(QPointF position) const {
    const auto ground = m_view.pick(position);
    if (!ground) {
        return std::nullopt;
    }
    std::optional<Hit> found;
    double nearest = reach * ground->metresPerPixel;
    const geo::Point at = ground->map;
    const geo::Extent around = geo::Extent{at.x, at.y, at.x, at.y}.grown(nearest);
    for (std::size_t i = 0; i < m_divides.size(); ++i) {
        const geo::Line& line = m_divides[i].line;
        for (std::size_t k = 0; m_extents[i].intersects(around) && k + 1 < line.size(); ++k) {
            const double away = geo::distanceToSegment(at, line[k], line[k + 1]);
            if (away <= nearest) {
                nearest = away;
                found = Hit{m_divides[i].uuid,
                            geo::pointAlong(line[k], line[k + 1], geo::along(at, line[k], line[k + 1]))};
            }
        }
    }
    return found;
}

bool DivideClicks::eventFilter(QObject* watched, QEvent* event) {
    const bool isPress = event->type() == QEvent::MouseButtonPress;
    const bool isRelease = event->type() == QEvent::MouseButtonRelease;
    if (m_divides.empty() || (!isPress && !isRelease)) {
        return QObject::eventFilter(watched, event);
    }
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton || mouse->modifiers() != Qt::NoModifier) {
        return QObject::eventFilter(watched, event);
    }
    if (isPress) {
        m_pressed = hit(mouse->position());
        return m_pressed.has_value();
    }
    if (const auto pressed = std::exchange(m_pressed, std::nullopt)) {
        if (const auto there = hit(mouse->position()); there && there->uuid == pressed->uuid) {
            Q_EMIT clicked(pressed->uuid, pressed->place);
        }
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace nunatak::ui::divides
