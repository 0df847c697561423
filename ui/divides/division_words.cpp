// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/divides/division_words.h"

#include "geo/ground_areas.h"
#include "outlines/listed_name.h"
#include "ui/base/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>
#include <utility>

namespace nunatak::ui::divides {

using nunatak::divides::DivideRequest;
using nunatak::divides::DivideResult;
using nunatak::divides::PlannedOutline;

namespace {

QString tr(const char* words) {
    return QCoreApplication::translate("Divides", words);
}

QString number(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

/// "3: 4.2, 1.1, 0.5 km²", like an earlier inventory "Upper Glacier 4.2 km², also Lower Glacier 1.1 km²".
QString partsText(const DivideRequest& request, const DivideResult::Of& of) {
    constexpr std::size_t most = 5;
    QStringList parts;
    for (std::size_t i = 0; i < std::min(most, of.parts.size()); ++i) {
        const auto& part = of.parts[i];
        const auto area = areaText(part.area);
        if (part.earlier < 0) {
            parts << area;
            continue;
        }
        const auto name =
            text(outlines::listedName(*request.earlier[static_cast<std::size_t>(part.earlier)]));
        parts << (part.keepsIds ? name : tr("also %1").arg(name)) + QLatin1Char(' ') + area;
    }
    if (of.parts.size() > most) {
        parts << tr("%1 more").arg(number(of.parts.size() - most));
    }
    return number(of.parts.size()) + QStringLiteral(": ") + parts.join(QStringLiteral(", ")) +
           (of.isDrawnAnew ? tr(" (divides drawn anew along the pixels: the earlier lines run too near to "
                                "its own)")
                           : QString());
}

void addEarlier(const DivideRequest& request, const DivideResult& result,
                std::vector<DivisionList::Group>& groups) {
    DivisionList::Group split{tr("In several parts now"), {}};
    for (const auto& each : result.splits) {
        const auto& earlier = *request.earlier[static_cast<std::size_t>(each.earlier)];
        split.rows.push_back(
            {text(outlines::listedName(earlier)),
             tr("%1 parts, of which the largest has its name and ids").arg(number(each.parts.size())),
             earlier.uuid, earlier.extent()});
    }
    DivisionList::Group gone{tr("Without ice now"), {}};
    for (const int index : result.vanished) {
        const auto& earlier = *request.earlier[static_cast<std::size_t>(index)];
        const double area = geo::GroundAreas(request.crs, earlier.extent()).of(earlier.geometry);
        gone.rows.push_back(
            {text(outlines::listedName(earlier)), areaText(area), earlier.uuid, earlier.extent()});
    }
    for (auto* group : {&split, &gone}) {
        if (!group->rows.empty()) {
            groups.push_back(std::move(*group));
        }
    }
}

} // namespace

QString summaryOf(const std::vector<PlannedOutline>& planned, const std::set<std::string>& leftOut) {
    std::size_t divided = 0;
    std::size_t parts = 0;
    for (const auto& each : planned) {
        if (each.partition.pieces.size() > 1 && !leftOut.contains(each.outline->uuid)) {
            ++divided;
            parts += each.partition.pieces.size();
        }
    }
    if (divided == 0) {
        return planned.size() == 1 ? tr("It stays one glacier.")
                                   : tr("Nothing to divide in %1 glaciers.").arg(number(planned.size()));
    }
    if (planned.size() == divided) {
        return divided == 1 ? tr("1 glacier becomes %1.").arg(number(parts))
                            : tr("%1 glaciers become %2.").arg(number(divided), number(parts));
    }
    return divided == 1 ? tr("1 of %1 glaciers becomes %2.").arg(number(planned.size()), number(parts))
                        : tr("%1 of %2 glaciers become %3.")
                              .arg(number(divided), number(planned.size()), number(parts));
}

std::vector<DivisionList::Group> groupsOf(const DivideRequest& request,
                                          const std::vector<PlannedOutline>& planned,
                                          const std::set<std::string>& leftOut, const DivideResult& result) {
    std::map<std::string, const DivideResult::Of*> resultOf;
    for (const auto& of : result.outlines) {
        resultOf[of.outline.uuid] = &of;
    }
    DivisionList::Group divided{tr("Divided"), {}};
    DivisionList::Group named{tr("With another name"), {}};
    DivisionList::Group undivided{tr("Cannot be divided"), {}};
    for (const auto& each : planned) {
        const auto& outline = *each.outline;
        DivisionList::Row row{text(outlines::listedName(outline)), {}, outline.uuid, outline.extent()};
        const auto found = resultOf.find(outline.uuid);
        const auto* of = found != resultOf.end() ? found->second : nullptr;
        const auto& why = of != nullptr ? of->why : each.why;
        if (!why.empty()) {
            row.what = text(why);
            undivided.rows.push_back(std::move(row));
        } else if (each.partition.pieces.size() > 1) {
            row.isIncluded = !leftOut.contains(outline.uuid);
            row.what = of != nullptr ? partsText(request, *of) : tr("left as it is");
            divided.rows.push_back(std::move(row));
        } else if (of != nullptr && of->parts.size() == 1 && of->parts[0].keepsIds) {
            const auto& earlier = *request.earlier[static_cast<std::size_t>(of->parts[0].earlier)];
            if (earlier.name != outline.name || earlier.attributes != outline.attributes) {
                row.what = text(outlines::listedName(earlier));
                named.rows.push_back(std::move(row));
            }
        }
    }
    std::stable_sort(divided.rows.begin(), divided.rows.end(), [](const auto& a, const auto& b) {
        const auto areaOf = [](const geo::Extent& extent) { return extent.width() * extent.height(); };
        return areaOf(a.extent) > areaOf(b.extent);
    });
    std::vector<DivisionList::Group> groups;
    for (auto* group : {&undivided, &divided, &named}) {
        if (!group->rows.empty()) {
            groups.push_back(std::move(*group));
        }
    }
    if (request.isLike) {
        addEarlier(request, result, groups);
    }
    return groups;
}

} // namespace nunatak::ui::divides
