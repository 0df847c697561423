// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/inspector_facts.h"

#include "geo/paths.h"
#include "outlines/outline_state.h"
#include "ui/base/format.h"
#include "ui/base/review_text.h"
#include "ui/base/state_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <map>
#include <utility>

namespace nunatak::ui::layers {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

using outlines::OutlineHandle;
using outlines::OutlineState;

QString originText(const outlines::Outline& outline) {
    const auto origin = text(outlines::toString(outline.origin));
    return !outline.isChanged ? origin
           : origin.isEmpty() ? Words::tr("changed by hand")
                              : Words::tr("%1, changed by hand").arg(origin);
}

/// What all of them say; empty where they differ.
template <typename Of> QString same(const std::vector<OutlineHandle>& outlines, const Of& of) {
    const QString first = of(*outlines.front());
    const bool isSame = std::all_of(outlines.begin(), outlines.end(),
                                    [&](const auto& outline) { return of(*outline) == first; });
    return isSame ? first : QString();
}

/// "3 accepted, 9 as it came".
QString statesText(const std::vector<OutlineHandle>& outlines) {
    std::map<OutlineState, qulonglong> counts;
    for (const auto& outline : outlines) {
        ++counts[outlines::stateOf(*outline)];
    }
    QStringList parts;
    for (const auto state : {OutlineState::Accepted, OutlineState::Doubtful, OutlineState::Changed,
                             OutlineState::Untouched, OutlineState::Removed}) {
        if (counts[state] > 0) {
            parts << QStringLiteral("%1 %2").arg(QLocale().toString(counts[state]), stateText(state));
        }
    }
    return parts.join(QStringLiteral(", "));
}

QString datesText(const std::vector<OutlineHandle>& outlines) {
    const auto [first, last] =
        std::minmax_element(outlines.begin(), outlines.end(), [](const auto& a, const auto& b) {
            return a->srcDate < b->srcDate;
        }); // ISO: as texts
    const auto date = [](const std::string& known) {
        return known.empty() ? Words::tr("unknown") : text(known);
    };
    return (*first)->srcDate == (*last)->srcDate
               ? date((*first)->srcDate)
               : Words::tr("%1 to %2").arg(date((*first)->srcDate), date((*last)->srcDate));
}

QString areaOrWait(std::optional<double> area) {
    return area ? areaText(*area) : Words::tr("being measured…");
}

/// A line has a length, and a point nothing of the kind.
Fact sizeOf(const outlines::Outline& outline, std::optional<double> size) {
    switch (geo::kindOf(outline.geometry)) {
    case geo::ShapeKind::Polyline:
        return {Words::tr("Length"), Words::tr("%1 m").arg(QLocale().toString(size.value_or(0), 'f', 0))};
    case geo::ShapeKind::Point:
        return {areaLabel(), QString()};
    case geo::ShapeKind::Area:
        break;
    }
    return {areaLabel(), areaOrWait(size)};
}

QString thresholdText(const outlines::Outline& outline) {
    return outline.model.empty() ? QString() : QLocale().toString(outline.threshold, 'g', 3);
}

QString countText(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

} // namespace

QString areaLabel() {
    return Words::tr("Area");
}

QString confidenceLabel() {
    return Words::tr("Confidence");
}

QString dateLabel() {
    return Words::tr("Source date");
}

std::vector<Fact> factsOf(const outlines::Outline& outline, std::optional<double> area, const QString& scene,
                          outlines::Review review) {
    const auto known = [](const std::string& value) {
        return value.empty() ? Words::tr("unknown") : text(value);
    };
    std::vector<Fact> facts{
        {Words::tr("Review"), outline.reviewRecord.isOutdated
                                  ? Words::tr("%1, changed since").arg(reviewText(review))
                                  : reviewText(review)},
        {review == outlines::Review::NotReviewed ? Words::tr("Note by") : Words::tr("Reviewed by"),
         reviewerText(outline.reviewRecord)},
        {Words::tr("Note"), text(outline.reviewRecord.note)},
        {Words::tr("Origin"), originText(outline)},
        {Words::tr("Analyst"), text(outline.analyst)},
        sizeOf(outline, area),
        {dateLabel(), known(outline.srcDate)},
        {Words::tr("Sensor"), known(outline.sensor)},
        {Words::tr("Scene"), scene},
        {Words::tr("Model"), text(outline.model)},
        {Words::tr("Threshold"), thresholdText(outline)},
        {Words::tr("Vertices"), countText(geo::vertexCount(outline.geometry))},
        {Words::tr("UUID"), text(outline.uuid), true},
    };
    return facts;
}

std::vector<Fact> factsOf(const std::vector<OutlineHandle>& outlines, std::optional<double> area,
                          const QString& scene) {
    std::size_t vertices = 0;
    for (const auto& outline : outlines) {
        vertices += outline->vertices();
    }
    std::vector<Fact> facts{
        {Words::tr("State"), statesText(outlines)},
        {Words::tr("Origin"), same(outlines, originText)},
        {Words::tr("Analyst"), same(outlines, [](const auto& one) { return text(one.analyst); })},
        {areaLabel(), areaOrWait(area)},
        {dateLabel(), datesText(outlines)},
        {Words::tr("Sensor"), same(outlines, [](const auto& one) { return text(one.sensor); })},
        {Words::tr("Scene"), scene},
        {Words::tr("Model"), same(outlines, [](const auto& one) { return text(one.model); })},
        {Words::tr("Threshold"), same(outlines, thresholdText)},
        {Words::tr("Vertices"), countText(vertices)},
    };
    return facts;
}

} // namespace nunatak::ui::layers
