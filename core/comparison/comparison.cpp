// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison.h"

#include "boundary_distance.h"
#include "geo/pixel_areas.h"
#include "ice_runs.h"
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

/// Rows read and drawn at a time.
constexpr int stripRows = 256;

/// Draws the outlines of a layer strip by strip.
class DrawnLayer {
public:
    explicit DrawnLayer(const std::vector<geo::MultiPolygon>& shapes) : m_shapes(shapes) {
        for (const auto& shape : shapes) {
            m_extents.push_back(geo::extentOf(shape));
        }
    }

    /// The place of the outline, from 1, whose a pixel is; of several the last one's.
    Image<std::int32_t> labels(const geo::Grid& strip) const {
        std::vector<geo::MultiPolygon> some;
        std::vector<std::int32_t> places{noIce};
        for (std::size_t i = 0; i < m_shapes.size(); ++i) {
            if (m_extents[i].intersects(strip.extent())) {
                some.push_back(m_shapes[i]);
                places.push_back(static_cast<std::int32_t>(i + 1));
            }
        }
        auto labels = prediction::rasterise(some, strip);
        for (auto& label : labels.values()) {
            label = places[static_cast<std::size_t>(label)];
        }
        return labels;
    }

private:
    const std::vector<geo::MultiPolygon>& m_shapes;
    std::vector<geo::Extent> m_extents;
};

/// Marks the expert glaciers that reach beyond what can be compared, at the scene's edge.
std::vector<bool> cutGlaciers(const std::vector<geo::MultiPolygon>& shapes, const IceRuns& ice,
                              const geo::Grid& grid) {
    std::vector<bool> cut(shapes.size(), false);
    const geo::Extent inner = grid.extent().grown(grid.pixelSize * 1e-3); // rounding of transforms is no cut
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const geo::Extent extent = geo::extentOf(shapes[i]);
        cut[i] = !inner.contains({extent.xmin, extent.ymin}) || !inner.contains({extent.xmax, extent.ymax});
    }
    for (int row = 0; row < ice.rows(); ++row) {
        for (const Run& run : ice.row(row)) {
            if (run.expert > 0 && run.validity == Validity::Outside) {
                cut[static_cast<std::size_t>(run.expert - 1)] = true;
            }
        }
    }
    return cut;
}

/// True where a pixel of the run borders on what lies outside.
bool touchesOutside(const IceRuns& ice, int row, const Run& run) {
    if (row == 0 || row == ice.rows() - 1 || run.begin == 0 || run.end == ice.columns()) {
        return true;
    }
    const auto hasOutside = [&](int other, int begin, int end) {
        return std::ranges::any_of(ice.row(other), [=](const Run& near) {
            return near.validity == Validity::Outside && near.begin < end && near.end > begin;
        });
    };
    return hasOutside(row - 1, run.begin, run.end) || hasOutside(row + 1, run.begin, run.end) ||
           hasOutside(row, run.begin - 1, run.end + 1);
}

Counts countPixels(const IceRuns& ice, std::size_t expertCount, std::size_t modelCount,
                   geo::PixelAreas& areas) {
    Counts counts;
    counts.glaciers.resize(expertCount);
    counts.newIce.resize(modelCount);
    for (int row = 0; row < ice.rows(); ++row) {
        for (const Run& run : ice.row(row)) {
            if (run.validity != Validity::Valid) {
                continue;
            }
            const std::int64_t pixels = run.end - run.begin;
            double area = 0;
            for (int column = run.begin; column < run.end; ++column) {
                area += areas.at(row, column);
            }
            if (run.expert > 0) {
                auto& glacier = counts.glaciers[static_cast<std::size_t>(run.expert - 1)];
                glacier.expert += pixels;
                glacier.expertArea += area;
                glacier.box.include(row, run.begin, run.end);
                counts.expert += pixels;
                counts.expertArea += area;
                if (run.owner == run.expert) {
                    glacier.both += pixels;
                    counts.both += pixels;
                }
            }
            if (run.owner > 0) {
                auto& glacier = counts.glaciers[static_cast<std::size_t>(run.owner - 1)];
                glacier.model += pixels;
                glacier.modelArea += area;
                glacier.modelOutlines[run.model] += pixels;
                glacier.box.include(row, run.begin, run.end);
            } else if (run.owner == newIce) {
                auto& found = counts.newIce[static_cast<std::size_t>(run.model - 1)];
                found.pixels += pixels;
                found.area += area;
                found.cut = found.cut || touchesOutside(ice, row, run);
            }
            if (run.owner != noIce) {
                counts.model += pixels;
                counts.modelArea += area;
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
    result.notes = computed.notes;
    const auto expertShapes = shapesOnGrid(expert, toGrid);
    const auto modelShapes = shapesOnGrid(model, toGrid);
    const IceRuns ice = [&] {
        const ValidPixels valid(scene, toGrid(computed.region), computed.quality);
        const DrawnLayer ofExpert(expertShapes);
        const DrawnLayer ofModel(modelShapes);
        const auto strip = [&](int first) {
            const int rows = std::min(stripRows, grid.rows - first);
            const auto part = grid.window(0, first, grid.columns, rows);
            return LabelledStrip{valid.strip(first, rows, progress), ofExpert.labels(part),
                                 ofModel.labels(part)};
        };
        return IceRuns(grid.rows, grid.columns, strip, progress.part(0, 0.6));
    }();
    const auto cut = cutGlaciers(expertShapes, ice, grid);
    geo::PixelAreas areas(grid);
    const auto counts = countPixels(ice, expert.size(), model.size(), areas);
    const OwnPixels own(expert, expertShapes, ice, grid);

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
            const auto distance = boundaryDistance(ice, static_cast<std::int32_t>(i + 1), count.box);
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
