// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/outline_comparison.h"

#include "base/error.h"
#include "geo/shape_operations.h"
#include "outline_matching.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <numeric>
#include <thread>

namespace nunatak::comparison {

namespace {

using Handles = std::vector<outlines::OutlineHandle>;
using measures::Figures;

/// km², the upper limits of the classes in which the Randolph Glacier Inventory is told of
/// (docs/comparing.md).
constexpr std::array<double, 8> classLimits{0.1, 0.5, 1,   5,
                                            10,  50,  100, std::numeric_limits<double>::infinity()};

constexpr std::size_t workers = 2;

/// Calls work(index, worker) for all, on two threads, and says how far it is on the calling one. Each takes
/// every second one, so that sums are the same to the last bit whatever the machine is busy with.
void forAll(std::size_t count, const Progress& progress, const char* stage,
            const std::function<void(std::size_t, std::size_t)>& work) {
    std::atomic<bool> hasFailed{false};
    std::exception_ptr problem;
    std::mutex guard;
    const auto carryOut = [&](std::size_t worker) {
        try {
            for (std::size_t i = worker; i < count && !hasFailed; i += workers) {
                if (worker == 0) {
                    progress.report(static_cast<double>(i) / static_cast<double>(count), stage);
                }
                work(i, worker);
            }
        } catch (...) {
            hasFailed = true;
            const std::scoped_lock lock(guard);
            problem = problem ? problem : std::current_exception();
        }
    };
    {
        const std::jthread other(carryOut, std::size_t{1});
        carryOut(0);
    }
    if (problem) {
        std::rethrow_exception(problem);
    }
}

/// A layer in which no two outlines share ground any more.
struct Layer {
    Handles outlines;
    Shapes shapes;
    std::vector<double> areas; ///< m²
};

/// What the smaller outlines have of the larger ones is taken from these.
Layer parted(const Handles& outlines, bool isExpert, const geo::Crs& crs, OutlineComparison& result,
             const Progress& progress) {
    Handles sorted = outlines;
    std::ranges::stable_sort(sorted, {}, [](const auto& outline) { return outline->area(); });
    Shapes shapes;
    for (const auto& outline : sorted) {
        shapes.push_back(outline->geometry);
    }
    auto pairs = pairsThatMayMeet(shapes, shapes);
    std::erase_if(pairs, [](const auto& pair) { return pair.first <= pair.second; }); // larger, smaller
    std::vector<double> common(pairs.size());
    forAll(pairs.size(), progress, "Looking for overlaps", [&](std::size_t i, std::size_t) {
        common[i] = geo::planarArea(geo::intersection(shapes[pairs[i].first], shapes[pairs[i].second]));
    });
    constexpr double nothing = 1e-6; // of the smaller one: what rounding leaves along a shared line
    std::vector<std::size_t> most(sorted.size());
    std::vector<double> mostCommon(sorted.size());
    Shapes own = shapes;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto [larger, smaller] = pairs[i];
        if (common[i] > nothing * sorted[smaller]->area()) {
            own[larger] = geo::difference(own[larger], shapes[smaller]);
            if (common[i] > mostCommon[larger]) {
                mostCommon[larger] = common[i];
                most[larger] = smaller;
            }
        }
    }
    measures::GroundMeasure ground(crs);
    constexpr double covered = 1e-3; // less of it is left
    Layer layer;
    for (std::size_t i = sorted.size(); i-- > 0;) {
        if (mostCommon[i] > 0 && geo::planarArea(own[i]) < covered * sorted[i]->area()) {
            const auto& by = sorted[most[i]];
            const bool isDuplicate = mostCommon[i] > (1 - covered) * std::max(sorted[i]->area(), by->area());
            result.covered.push_back({sorted[i], by, isDuplicate, isExpert});
            continue;
        }
        layer.outlines.push_back(sorted[i]);
        layer.areas.push_back(ground.area(own[i]));
        layer.shapes.push_back(std::move(own[i]));
    }
    return layer;
}

geo::MultiPolygon together(const Shapes& shapes, const std::vector<std::size_t>& places) {
    if (places.size() == 1) {
        return shapes[places.front()];
    }
    Shapes some;
    for (const auto place : places) {
        some.push_back(shapes[place]);
    }
    return geo::unionOf(some);
}

Correspondence correspondenceOf(const Group& group) {
    if (group.models.empty() || group.experts.empty()) {
        return group.models.empty() ? Correspondence::Missed : Correspondence::New;
    }
    if (group.models.size() == 1) {
        return group.experts.size() == 1 ? Correspondence::OneToOne : Correspondence::Merged;
    }
    return group.experts.size() == 1 ? Correspondence::Split : Correspondence::Several;
}

void tellShares(double common, Figures& figures) {
    const auto share = [](double part, double whole) {
        return whole > 0 ? std::min(1.0, part / whole) : measures::unknown;
    };
    figures.iou = share(common, figures.expertArea + figures.modelArea - common);
    figures.precision = share(common, figures.modelArea);
    figures.recall = share(common, figures.expertArea);
}

std::size_t classOf(const CorrespondingOutlines& row) {
    const double area = (row.experts.empty() ? row.modelArea : row.expertArea) / 1e6;
    return static_cast<std::size_t>(std::ranges::upper_bound(classLimits, area) - classLimits.begin());
}

/// What is summed over the rows of a class.
struct Sums {
    measures::BoundarySpread spread;
    double common = 0;
};

void addClasses(const std::vector<Sums>& sums, OutlineComparison& result) {
    std::vector<SizeClass> classes(classLimits.size());
    for (const auto& row : result.rows) {
        auto& size = classes[std::min(classOf(row), classes.size() - 1)];
        ++size.rows;
        size.expertArea += row.expertArea;
        size.modelArea += row.modelArea;
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
        classes[i].from = i == 0 ? 0 : classLimits[i - 1] * 1e6;
        classes[i].to = classLimits[i] * 1e6;
        if (classes[i].rows > 0) {
            tellShares(sums[i].common, classes[i]);
            measures::tellDistances(sums[i].spread, true, classes[i]);
            result.classes.push_back(classes[i]);
        }
    }
}

} // namespace

OutlineComparison compareOutlines(const Handles& models, const Handles& experts, const geo::Crs& crs,
                                  const OutlineOptions& options, const Progress& progress) {
    OutlineComparison result;
    const Layer model = parted(models, false, crs, result, progress.part(0, 0.15));
    const Layer expert = parted(experts, true, crs, result, progress.part(0.15, 0.3));

    const auto pairs = pairsThatMayMeet(model.shapes, expert.shapes);
    std::vector<double> common(pairs.size());
    std::array<measures::GroundMeasure, workers> ground{measures::GroundMeasure(crs),
                                                        measures::GroundMeasure(crs)};
    forAll(pairs.size(), progress.part(0.3, 0.6), "Laying the layers over each other",
           [&](std::size_t i, std::size_t worker) {
               common[i] = ground[worker].area(
                   geo::intersection(model.shapes[pairs[i].first], expert.shapes[pairs[i].second]));
           });
    std::vector<std::pair<std::size_t, std::size_t>> links;
    if (options.matchedBy.empty()) {
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            if (common[i] >= std::min(model.areas[pairs[i].first], expert.areas[pairs[i].second]) / 2 &&
                common[i] > 0) {
                links.push_back(pairs[i]);
            }
        }
    } else {
        links = linksByAttribute(model.outlines, expert.outlines, options.matchedBy);
        if (links.empty()) {
            throw Error(
                "No outline of one layer has the same " + options.matchedBy +
                " as one of the other; name another column, or leave --match out to compare by the ground.");
        }
    }
    const auto groups = groupsOf(model.shapes.size(), expert.shapes.size(), links);
    std::vector<std::size_t> groupOfModel(model.shapes.size());
    std::vector<std::size_t> groupOfExpert(expert.shapes.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (const auto place : groups[i].models) {
            groupOfModel[place] = i;
        }
        for (const auto place : groups[i].experts) {
            groupOfExpert[place] = i;
        }
    }
    result.rows.resize(groups.size());
    double allCommon = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        allCommon += common[i];
        if (const auto group = groupOfModel[pairs[i].first]; group == groupOfExpert[pairs[i].second]) {
            result.rows[group].common += common[i];
        }
    }
    std::array<std::vector<Sums>, workers> sums{std::vector<Sums>(classLimits.size()),
                                                std::vector<Sums>(classLimits.size())};
    forAll(groups.size(), progress.part(0.6, 1), "Measuring boundaries",
           [&](std::size_t i, std::size_t worker) {
               const Group& group = groups[i];
               auto& row = result.rows[i];
               row.correspondence = correspondenceOf(group);
               for (const auto place : group.models) {
                   row.models.push_back(model.outlines[place]);
                   row.modelArea += model.areas[place];
               }
               for (const auto place : group.experts) {
                   row.experts.push_back(expert.outlines[place]);
                   row.expertArea += expert.areas[place];
               }
               auto& sum = sums[worker][std::min(classOf(row), classLimits.size() - 1)];
               sum.common += row.common;
               if (!group.models.empty() && !group.experts.empty()) {
                   tellShares(row.common, row);
                   const auto spread = measures::measureBoundaries(together(model.shapes, group.models),
                                                                   together(expert.shapes, group.experts),
                                                                   ground[worker], options.boundaries, &row);
                   measures::tellDistances(spread, false, row);
                   sum.spread += spread;
               }
           });
    Sums whole;
    for (std::size_t i = 0; i < classLimits.size(); ++i) {
        sums[0][i].spread += sums[1][i].spread;
        sums[0][i].common += sums[1][i].common;
        whole.spread += sums[0][i].spread;
    }
    std::ranges::stable_sort(result.rows, [](const auto& a, const auto& b) {
        return std::pair(a.expertArea, a.modelArea) > std::pair(b.expertArea, b.modelArea);
    });
    addClasses(sums[0], result);
    result.modelArea = std::accumulate(model.areas.begin(), model.areas.end(), 0.0);
    result.expertArea = std::accumulate(expert.areas.begin(), expert.areas.end(), 0.0);
    tellShares(allCommon, result);
    measures::tellDistances(whole.spread, true, result);
    if (links.empty()) {
        result.notes.emplace_back(models.empty() || experts.empty()
                                      ? "One of the layers has no outlines, so nothing can be compared."
                                      : "The layers have no ground in common, so there are no distances.");
    }
    progress.report(1, "Done");
    return result;
}

} // namespace nunatak::comparison
