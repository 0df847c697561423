// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/live_areas.h"

#include "geo/paths.h"
#include "ui/base/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::editing {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr double smallest = 1e4; // square metres that are said in km²

QString signOf(double number) {
    return number > 0 ? QStringLiteral("+") : QStringLiteral("−");
}

QString squareMetresText(double area) {
    return Words::tr("%1 m²").arg(QLocale().toString(area, 'f', 0));
}

/// So fine that a stroke is seen in it.
QString standingText(double area) {
    constexpr double large = 1e8;
    return area < smallest
               ? squareMetresText(area)
               : Words::tr("%1 km²").arg(QLocale().toString(area / 1e6, 'f', area < large ? 3 : 2));
}

QString percentText(double share) {
    const double percent = 100 * share;
    const double size = std::abs(percent);
    const int decimals = size < 1 ? 2 : size < 100 ? 1 : 0; // of a large glacier a stroke is little
    const bool isNone = size < 0.005;
    return QStringLiteral("%1%2 %").arg(isNone ? QString() : signOf(percent), // the same in all that is said
                                        QLocale().toString(isNone ? 0 : size, 'f', decimals));
}

} // namespace

QString LiveAreas::changeText(const nunatak::editing::Edit& edit) {
    geo::Extent before;
    geo::Extent after;
    for (const auto& change : edit.changes) {
        before.include(change.before ? change.before->extent() : geo::Extent());
        after.include(change.after ? change.after->extent() : geo::Extent());
    }
    if (before.empty() && after.empty()) {
        return {};
    }
    // What was before stays the same while the hand moves.
    const auto& areas = around(before.empty() ? after : before);
    double was = 0;
    double is = 0;
    for (const auto& change : edit.changes) {
        was += change.before ? areas.of(change.before->geometry) : 0;
        is += change.after ? areas.of(change.after->geometry) : 0;
    }
    const double difference = is - was;
    const double size = std::abs(difference);
    if (size < 0.5) {
        return {};
    }
    QString words = signOf(difference) + (size < smallest ? squareMetresText(size) : areaText(size));
    return was > 0 ? QStringLiteral("%1 (%2)").arg(words, percentText(difference / was)) : words;
}

QString LiveAreas::standText(const nunatak::editing::Edit& edit, const tools::Selection& selection) {
    const auto isOf = [](const outlines::OutlineChange& change, const outlines::OutlineRef& ref) {
        return change.before && change.after && change.layer == ref.layer && change.after->uuid == ref.uuid;
    };
    const auto only = selection.only();
    const auto found = std::find_if(edit.changes.begin(), edit.changes.end(), [&](const auto& change) {
        return only ? isOf(change, *only) : edit.then && isOf(change, *edit.then);
    });
    if (found == edit.changes.end() || geo::isPath(found->after->geometry)) {
        return {}; // lines and points have no area
    }
    hold({found->layer, found->after->uuid}, found->before);
    const double area = around(found->before->extent()).of(found->after->geometry);
    QStringList against;
    for (const Other& other : m_others) {
        against << other.name + QLatin1Char(' ') + percentText(area / other.area - 1);
    }
    return against.isEmpty()
               ? standingText(area)
               : Words::tr("%1 · against %2").arg(standingText(area), against.join(QStringLiteral(" · ")));
}

void LiveAreas::forget() {
    m_areas.reset();
    m_before.reset();
    m_others.clear();
}

const geo::GroundAreas& LiveAreas::around(const geo::Extent& extent) {
    if (!m_areas || !(extent == m_extent)) {
        m_extent = extent;
        m_areas.emplace(m_source.crs ? m_source.crs() : geo::Crs(), extent);
    }
    return *m_areas;
}

void LiveAreas::hold(const outlines::OutlineRef& glacier, const outlines::OutlineHandle& before) {
    if (before == m_before && glacier == m_held) {
        return;
    }
    m_held = glacier;
    m_before = before;
    m_others.clear();
    const HeldAgainst held = m_source.heldAgainst ? m_source.heldAgainst(glacier) : HeldAgainst();
    for (const auto& [name, outline] :
         {std::pair(Words::tr("start"), held.start), std::pair(Words::tr("model"), held.prediction),
          std::pair(Words::tr("expert"), held.expert)}) {
        if (outline == nullptr) {
            continue;
        }
        const auto same = std::find_if(m_others.begin(), m_others.end(), [&](const Other& other) {
            return other.outline == outline || other.outline->geometry == outline->geometry;
        });
        if (same != m_others.end()) { // it was started from the prediction, or from the expert's file
            same->name = Words::tr("%1 and %2").arg(same->name, name);
        } else if (const double area = around(outline->extent()).of(outline->geometry); area > 0) {
            m_others.push_back({name, outline, area});
        }
    }
}

} // namespace nunatak::ui::editing
