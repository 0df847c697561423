// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison.h"

#include "boundary_distance.h"
#include "geo/pixel_areas.h"
#include "ice_labels.h"
#include "own_pixels.h"
#include "prediction/polygonise.h"
#include "valid_pixels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace nunatak::comparison {

namespace {

using Handles = std::vector<outlines::OutlineSet::Handle>;

/// Pixels counted for one expert glacier.
struct GlacierCount {
    double expertArea = 0; ///< m²
    double modelArea = 0;
    std::int64_t expert = 0;
    std::int64_t model = 0;
    std::int64_t both = 0;
    bool cut = false;
    PixelBox box;
    std::map<std::int32_t, std::int64_t> modelOutlines; ///< pixels by the model outline they come from
};

/// Ice of one model outline that touches no expert glacier.
struct NewIceCount {
    std::int64_t pixels = 0;
    double area = 0; ///< m²
    bool cut = false;
};

struct Counts {
    std::vector<GlacierCount> glaciers; ///< by expert label − 1
    std::vector<NewIceCount> newIce;    ///< by model label − 1
    std::int64_t expert = 0;
    std::int64_t model = 0;
    std::int64_t both = 0;
    double expertArea = 0; ///< m²
    double modelArea = 0;
};

std::vector<geo::MultiPolygon> shapesOnGrid(const Handles& outlines, const geo::CoordinateTransform& toGrid) {
    std::vector<geo::MultiPolygon> shapes;
    shapes.reserve(outlines.size());
    for (const auto& outline : outlines) {
        shapes.push_back(toGrid(outline->geometry));
    }
    return shapes;
}

/// Largest first, so that of overlapping outlines the smaller is drawn over the larger and none disappears.
Handles largestFirst(Handles outlines) {
    std::vector<std::pair<double, outlines::OutlineSet::Handle>> byArea;
    for (auto& outline : outlines) {
        byArea.emplace_back(outline->area(), outline);
    }
    std::stable_sort(byArea.begin(), byArea.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::transform(byArea.begin(), byArea.end(), outlines.begin(),
                   [](const auto& entry) { return entry.second; });
    return outlines;
}

void hideInvalid(Image<std::int32_t>& labels, const Image<Validity>& validity) {
    for (std::size_t i = 0; i < labels.bandSize(); ++i) {
        if (validity.values()[i] != Validity::Valid) {
            labels.values()[i] = notValid;
        }
    }
}

/// Marks the expert glaciers that reach beyond what can be compared, at the scene's edge.
std::vector<bool> cutGlaciers(const std::vector<geo::MultiPolygon>& shapes, const Image<std::int32_t>& labels,
                              const Image<Validity>& validity, const geo::Grid& grid) {
    std::vector<bool> cut(shapes.size(), false);
    const geo::Extent inner = grid.extent().grown(grid.pixelSize * 1e-3); // rounding of transforms is no cut
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const geo::Extent extent = geo::extentOf(shapes[i]);
        cut[i] = !inner.contains({extent.xmin, extent.ymin}) || !inner.contains({extent.xmax, extent.ymax});
    }
    for (std::size_t i = 0; i < labels.bandSize(); ++i) {
        if (labels.values()[i] > 0 && validity.values()[i] == Validity::Outside) {
            cut[static_cast<std::size_t>(labels.values()[i] - 1)] = true;
        }
    }
    return cut;
}

bool touchesOutside(const Image<Validity>& validity, int row, int column) {
    if (row == 0 || column == 0 || row == validity.rows() - 1 || column == validity.columns() - 1) {
        return true;
    }
    return validity.at(0, row - 1, column) == Validity::Outside ||
           validity.at(0, row + 1, column) == Validity::Outside ||
           validity.at(0, row, column - 1) == Validity::Outside ||
           validity.at(0, row, column + 1) == Validity::Outside;
}

Counts countPixels(const Image<std::int32_t>& expert, const Image<std::int32_t>& model,
                   const Image<std::int32_t>& owner, const Image<Validity>& validity, std::size_t expertCount,
                   std::size_t modelCount, geo::PixelAreas& areas) {
    Counts counts;
    counts.glaciers.resize(expertCount);
    counts.newIce.resize(modelCount);
    for (int row = 0; row < expert.rows(); ++row) {
        for (int column = 0; column < expert.columns(); ++column) {
            const std::int32_t expertLabel = expert.at(0, row, column);
            const std::int32_t ownerLabel = owner.at(0, row, column);
            const std::int32_t modelLabel = model.at(0, row, column);
            if (expertLabel > 0) {
                auto& glacier = counts.glaciers[static_cast<std::size_t>(expertLabel - 1)];
                ++glacier.expert;
                glacier.expertArea += areas.at(row, column);
                glacier.box.include(row, column);
                ++counts.expert;
                counts.expertArea += areas.at(row, column);
                if (ownerLabel == expertLabel) {
                    ++glacier.both;
                    ++counts.both;
                }
            }
            if (ownerLabel > 0) {
                auto& glacier = counts.glaciers[static_cast<std::size_t>(ownerLabel - 1)];
                ++glacier.model;
                glacier.modelArea += areas.at(row, column);
                ++glacier.modelOutlines[modelLabel];
                glacier.box.include(row, column);
                ++counts.model;
                counts.modelArea += areas.at(row, column);
            } else if (ownerLabel == newIce) {
                auto& found = counts.newIce[static_cast<std::size_t>(modelLabel - 1)];
                ++found.pixels;
                found.area += areas.at(row, column);
                found.cut = found.cut || touchesOutside(validity, row, column);
                ++counts.model;
                counts.modelArea += areas.at(row, column);
            }
        }
    }
    return counts;
}

double ratio(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                     : std::numeric_limits<double>::quiet_NaN();
}

/// The date of the outline that gave the glacier most of its predicted ice; where there is none, that of the
/// picture the model looked at.
std::string modelDateOf(const GlacierCount& count, const Handles& model, const std::string& sceneDate) {
    const auto most = std::max_element(count.modelOutlines.begin(), count.modelOutlines.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == count.modelOutlines.end()) {
        return model.empty() ? sceneDate : model.front()->srcDate;
    }
    return model[static_cast<std::size_t>(most->first - 1)]->srcDate;
}

void sortByArea(std::vector<GlacierRow>& rows, double GlacierRow::*area) {
    std::stable_sort(rows.begin(), rows.end(),
                     [area](const GlacierRow& a, const GlacierRow& b) { return a.*area > b.*area; });
}

} // namespace

Comparison compare(const Handles& model, const Handles& expertLayer,
                   const prediction::ComputedResult& computed, const scene::SceneReader& scene,
                   const geo::Crs& projectCrs, const Progress& progress) {
    const geo::Grid& grid = scene.scene().grid;
    const Handles expert = largestFirst(expertLayer);
    const geo::CoordinateTransform toGrid(projectCrs, grid.crs);
    Comparison result;
    const auto validity =
        validPixels(scene, toGrid(computed.region), computed.quality, progress.part(0, 0.4));
    result.notes = computed.notes;

    progress.report(0.4, "Finding glaciers");
    const auto expertShapes = shapesOnGrid(expert, toGrid);
    auto expertLabels = prediction::rasterise(expertShapes, grid);
    auto modelLabels = prediction::rasterise(shapesOnGrid(model, toGrid), grid);
    const auto cut = cutGlaciers(expertShapes, expertLabels, validity, grid);
    hideInvalid(expertLabels, validity);
    hideInvalid(modelLabels, validity);
    progress.report(0.5, "Finding glaciers");
    const auto owner = ownersOfModelIce(expertLabels, modelLabels, progress);
    geo::PixelAreas areas(grid);
    const auto counts =
        countPixels(expertLabels, modelLabels, owner, validity, expert.size(), model.size(), areas);
    const OwnPixels own(expert, expertShapes, validity, expertLabels, grid);

    if (counts.expert > 0) {
        result.iou = ratio(counts.both, counts.expert + counts.model - counts.both);
        result.precision = ratio(counts.both, counts.model);
        result.recall = ratio(counts.both, counts.expert);
    } else {
        result.notes.push_back(std::string("Of the expert's glaciers none lies where the scene has data and "
                                           "the model a result, so IoU, precision and recall say nothing") +
                               (counts.model == 0 ? "." : " of the model."));
    }
    result.expertArea = counts.expertArea;
    result.modelArea = counts.modelArea;

    for (std::size_t i = 0; i < expert.size(); ++i) {
        progress.report(0.6 + 0.4 * static_cast<double>(i) / static_cast<double>(expert.size()),
                        "Measuring boundaries");
        const GlacierCount& count = counts.glaciers[i];
        if (count.expert == 0) {
            result.unlisted.push_back(own.whyUnlisted(i));
            continue;
        }
        const double pixel = areas.sideAt((count.box.firstRow + count.box.endRow) / 2,
                                          (count.box.firstColumn + count.box.endColumn) / 2);
        GlacierRow row;
        row.uuid = expert[i]->uuid;
        row.name = expert[i]->name;
        row.cutBySceneEdge = cut[i];
        row.expertArea = count.expertArea;
        row.modelArea = count.modelArea;
        row.overlappedArea = static_cast<double>(own.coveredPixels(i)) * pixel * pixel;
        row.iou = ratio(count.both, count.expert + count.model - count.both);
        row.precision = ratio(count.both, count.model);
        row.recall = ratio(count.both, count.expert);
        if (count.model > 0) {
            const auto distance =
                boundaryDistance(expertLabels, owner, static_cast<std::int32_t>(i + 1), count.box);
            row.meanBoundaryDistance = distance.mean * pixel;
            row.maxBoundaryDistance = distance.max * pixel;
        }
        row.expertDate = expert[i]->srcDate;
        row.modelDate = modelDateOf(count, model, scene.scene().date);
        row.extent = geo::extentOf(expert[i]->geometry);
        result.glaciers.push_back(std::move(row));
    }
    sortByArea(result.glaciers, &GlacierRow::expertArea);

    std::vector<GlacierRow> newRows;
    for (std::size_t i = 0; i < model.size(); ++i) {
        if (counts.newIce[i].pixels > 0) {
            GlacierRow row;
            row.uuid = model[i]->uuid;
            row.name = model[i]->name;
            row.isNew = true;
            row.cutBySceneEdge = counts.newIce[i].cut;
            row.modelArea = counts.newIce[i].area;
            row.modelDate = model[i]->srcDate;
            row.extent = geo::extentOf(model[i]->geometry);
            newRows.push_back(std::move(row));
        }
    }
    sortByArea(newRows, &GlacierRow::modelArea);
    result.glaciers.insert(result.glaciers.end(), newRows.begin(), newRows.end());
    progress.report(1, "Done");
    return result;
}

} // namespace nunatak::comparison
