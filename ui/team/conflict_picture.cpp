// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/conflict_picture.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

namespace nunatak::ui::team {

namespace {

using outlines::OutlineHandle;

constexpr int margin = 10;

/// Colours that the colour-blind tell apart (Okabe and Ito 2008), for light and dark windows.
struct Colors {
    QColor before;
    QColor here;
    QColor there;
};

Colors colorsOn(const QPalette& palette) {
    const bool isDark = palette.color(QPalette::Base).lightness() < 128;
    return {palette.color(QPalette::PlaceholderText), isDark ? QColor(86, 180, 233) : QColor(0, 114, 178),
            isDark ? QColor(230, 159, 0) : QColor(213, 94, 0)};
}

/// The map's metres in the picture's pixels; north is up.
class OnPicture {
public:
    OnPicture(const geo::Extent& extent, const QRectF& room)
        : m_middle(extent.center()), m_room(room),
          m_scale(std::min(room.width() / std::max(extent.width(), 1.0),
                           room.height() / std::max(extent.height(), 1.0))) {}

    QPainterPath path(const std::vector<OutlineHandle>& outlines) const {
        QPainterPath path;
        const auto add = [&](const geo::Ring& ring) {
            QPolygonF polygon;
            for (const geo::Point& point : ring) {
                polygon << m_room.center() + QPointF(point.x - m_middle.x, m_middle.y - point.y) * m_scale;
            }
            path.addPolygon(polygon);
            path.closeSubpath();
        };
        for (const OutlineHandle& outline : outlines) {
            for (const geo::Polygon& polygon : outline->geometry) {
                add(polygon.outer);
                std::for_each(polygon.holes.begin(), polygon.holes.end(), add);
            }
        }
        return path;
    }

private:
    geo::Point m_middle;
    QRectF m_room;
    double m_scale;
};

} // namespace

ConflictPicture::ConflictPicture(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("conflictPicture"));
    setMinimumWidth(180);
    setToolTip(tr("Your line and theirs, one over the other, and what was there before both"));
}

void ConflictPicture::setConflict(const project::JoinConflict* conflict) {
    m_before.clear();
    m_here.clear();
    m_there.clear();
    const auto add = [](std::vector<OutlineHandle>& to, const OutlineHandle& outline) {
        if (outline) {
            to.push_back(outline);
        }
    };
    if (conflict != nullptr) {
        add(m_before, conflict->before);
        add(m_here, conflict->here);
        add(m_there, conflict->there);
        for (const outlines::OutlineChange& change : conflict->along) {
            add(m_here, change.before);
            add(m_there, change.after);
        }
    }
    update();
}

QSize ConflictPicture::sizeHint() const {
    return {240, 240};
}

void ConflictPicture::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    geo::Extent extent;
    for (const auto* outlines : {&m_before, &m_here, &m_there}) {
        for (const OutlineHandle& outline : *outlines) {
            extent.include(outline->extent());
        }
    }
    if (extent.empty()) {
        return;
    }
    const int line = fontMetrics().height();
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin - 3.4 * line);
    const OnPicture map(extent, room);
    const Colors colors = colorsOn(palette());
    const auto draw = [&](const std::vector<OutlineHandle>& outlines, const QColor& color, double width,
                          Qt::PenStyle style) {
        painter.strokePath(map.path(outlines), QPen(color, width, style, Qt::RoundCap, Qt::RoundJoin));
    };
    draw(m_before, colors.before, 1, Qt::DotLine);
    draw(m_here, colors.here, 3, Qt::SolidLine); // where both are one, both are seen
    draw(m_there, colors.there, 1.2, Qt::SolidLine);
    paintLegend(painter);
}

void ConflictPicture::paintLegend(QPainter& painter) const {
    const Colors colors = colorsOn(palette());
    struct Entry {
        QString words;
        QColor color;
        double width;
        Qt::PenStyle style;
    };
    const std::array<Entry, 3> entries{
        Entry{m_here.empty() ? tr("mine: removed") : tr("mine"), colors.here, 3, Qt::SolidLine},
        Entry{m_there.empty() ? tr("theirs: removed") : tr("theirs"), colors.there, 1.2, Qt::SolidLine},
        Entry{m_before.empty() ? tr("before: not there") : tr("before"), colors.before, 1, Qt::DotLine}};
    const int line = fontMetrics().height();
    constexpr int sample = 24;
    double y = height() - 3.2 * line;
    for (const Entry& entry : entries) {
        painter.setPen(QPen(entry.color, entry.width, entry.style));
        painter.drawLine(QPointF(margin, y + line / 2.0), QPointF(margin + sample, y + line / 2.0));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QPointF(margin + sample + 8, y + fontMetrics().ascent()), entry.words);
        y += line;
    }
}

} // namespace nunatak::ui::team
