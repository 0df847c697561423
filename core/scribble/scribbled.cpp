// SPDX-License-Identifier: GPL-3.0-or-later
#include "scribble/scribbled.h"

#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/region.h"
#include "geo/ground_scale.h"
#include "outlines/outline_name.h"
#include "prediction/confidence.h"
#include "prediction/polygonise.h"
#include "scribble/changes.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace nunatak::scribble {

namespace {

using nunatak::editing::Draft;
using nunatak::editing::Ground;
using nunatak::editing::Neighbours;
using outlines::OutlineHandle;
using outlines::OutlineRef;

/// RGI's least glacier; what nobody drew and is smaller is noise of the correction.
constexpr double leastArea = 10000;
constexpr int smoothing = 3; // as predictions have it
/// Pixels that a region reaches into ground that it does not change, so that no sliver stays between.
constexpr int reachBehind = 2;

/// Pixels as lines over the outlines.
class Layer {
public:
    Layer(const ViewFeatures& view, Draft draft, const Request& request)
        : m_view(view), m_draft(std::move(draft)), m_request(request), m_toGrid(request.crs, view.grid.crs),
          m_toProject(view.grid.crs, request.crs) {}

    Scribbled run() {
        auto strokes = strokePixels();
        const auto before = classesOf(m_view.logit);
        const auto after =
            classesOf(correctedLogit(m_view, fittedHead(m_view, strokes, m_request.head), strokes), strokes);
        drawOutlines();
        const geo::Grid& grid = m_view.grid;
        const double metres = grid.pixelSize * geo::groundMetresPerUnit(grid.crs, grid.extent().center());
        m_pixelArea = metres * metres;
        const auto changes = changesOf(before, after, m_outlined, strokes,
                                       static_cast<std::size_t>(std::ceil(leastArea / m_pixelArea)));
        for (const auto& piece : changes.goes) {
            takeOff(piece);
        }
        addAll(changes.comes);
        std::optional<OutlineRef> then;
        if (m_changedRefs.size() == 1) {
            then = *m_changedRefs.begin();
        }
        m_result.changed = static_cast<int>(m_changedRefs.size()) - m_result.added;
        m_result.edit = m_draft.edit(description(), then);
        return std::move(m_result);
    }

private:
    std::vector<StrokePixels> strokePixels() const {
        std::vector<StrokePixels> all;
        for (const auto& stroke : m_request.strokes) {
            geo::Ring line;
            for (const auto& point : stroke.line) {
                line.push_back(m_toGrid(point));
            }
            all.push_back({pixelsUnder(line, m_view.grid), stroke.isIce});
        }
        return all;
    }

    /// Smoothed; what was drawn is as it was drawn.
    static Image<std::uint8_t> classesOf(const Image<float>& logit,
                                         const std::vector<StrokePixels>& strokes = {}) {
        Image<std::uint8_t> classes(1, logit.rows(), logit.columns());
        for (std::size_t i = 0; i < logit.bandSize(); ++i) {
            const float value = logit.values()[i];
            classes.values()[i] = !std::isfinite(value) ? prediction::NotPredicted
                                  : value > 0           ? prediction::Glacier
                                                        : prediction::Background;
        }
        prediction::medianFilterInPlace(classes, smoothing);
        for (const auto& stroke : strokes) {
            for (const auto pixel : stroke.pixels) {
                if (classes.values()[pixel] != prediction::NotPredicted) {
                    classes.values()[pixel] = stroke.isIce ? prediction::Glacier : prediction::Background;
                }
            }
        }
        return classes;
    }

    void drawOutlines() {
        geo::Extent extent;
        const geo::Extent own = m_view.grid.extent();
        for (const geo::Point corner : {geo::Point{own.xmin, own.ymin}, geo::Point{own.xmin, own.ymax},
                                        geo::Point{own.xmax, own.ymin}, geo::Point{own.xmax, own.ymax}}) {
            extent.include(m_toProject(corner));
        }
        std::vector<geo::MultiPolygon> shapes;
        for (const auto& outline : m_draft.near(m_request.layer, extent.grown(8 * m_view.grid.pixelSize))) {
            if (nunatak::editing::takesGround(*outline)) {
                m_outlines.push_back(outline);
                shapes.push_back(m_toGrid(outline->geometry));
            }
        }
        m_outlined = prediction::rasterise(shapes, m_view.grid);
    }

    int labelAt(int row, int column) const {
        const bool isInside =
            row >= 0 && column >= 0 && row < m_outlined.rows() && column < m_outlined.columns();
        return isInside ? m_outlined.at(0, row, column) : 0;
    }

    /// The pixels, and what lies behind them: those within reach that have nothing around them but pixels and
    /// what is behind, so that the region does not poke out where its line meets the outline's.
    /// @param isBehind of a row and a column; null: it does not reach behind
    geo::MultiPolygon regionOf(const std::vector<std::uint32_t>& pixels,
                               const std::function<bool(int row, int column)>& isBehind) const {
        const int columns = m_outlined.columns();
        const int rows = m_outlined.rows();
        int top = rows, bottom = -1, left = columns, right = -1;
        for (const auto pixel : pixels) {
            const int row = static_cast<int>(pixel) / columns;
            const int column = static_cast<int>(pixel) % columns;
            top = std::min(top, row);
            bottom = std::max(bottom, row);
            left = std::min(left, column);
            right = std::max(right, column);
        }
        constexpr int around = reachBehind + 1;
        top = std::max(0, top - around);
        left = std::max(0, left - around);
        bottom = std::min(rows - 1, bottom + around);
        right = std::min(columns - 1, right + around);
        Image<std::uint8_t> region(1, bottom - top + 1, right - left + 1);
        for (const auto pixel : pixels) {
            region.at(0, static_cast<int>(pixel) / columns - top, static_cast<int>(pixel) % columns - left) =
                prediction::Glacier;
        }
        if (isBehind) {
            reachBehindOf(pixels, isBehind, top, left, region, columns);
        }
        const auto grid = m_view.grid.window(left, top, region.columns(), region.rows());
        geo::MultiPolygon all;
        for (const auto& shape :
             prediction::polygonise(std::move(region), grid, 0, prediction::OutlineForm::Smoothed).glaciers) {
            for (auto& part : m_toProject(shape)) {
                all.push_back(std::move(part));
            }
        }
        return all;
    }

    static void reachBehindOf(const std::vector<std::uint32_t>& pixels,
                              const std::function<bool(int row, int column)>& isBehind, int top, int left,
                              Image<std::uint8_t>& region, int columns) {
        const auto own = region;
        const auto isThere = [&](int row, int column) {
            return row >= 0 && column >= 0 && row < own.rows() && column < own.columns();
        };
        const auto isInner = [&](int row, int column) {
            for (int i = -1; i <= 1; ++i) {
                for (int j = -1; j <= 1; ++j) {
                    const bool isOwn = isThere(row + i, column + j) && own.at(0, row + i, column + j) != 0;
                    if (!isOwn && !isBehind(row + i + top, column + j + left)) {
                        return false;
                    }
                }
            }
            return true;
        };
        for (const auto pixel : pixels) {
            const int row = static_cast<int>(pixel) / columns - top;
            const int column = static_cast<int>(pixel) % columns - left;
            const auto isOwn = [&](int i, int j) { return isThere(i, j) && own.at(0, i, j) != 0; };
            if (isOwn(row - 1, column) && isOwn(row + 1, column) && isOwn(row, column - 1) &&
                isOwn(row, column + 1)) {
                continue; // within the piece
            }
            for (int i = row - reachBehind; i <= row + reachBehind; ++i) {
                for (int j = column - reachBehind; j <= column + reachBehind; ++j) {
                    if (isThere(i, j) && region.at(0, i, j) == 0 && isInner(i, j)) {
                        region.at(0, i, j) = prediction::Glacier;
                    }
                }
            }
        }
    }

    OutlineRef refOf(int label) const {
        return {m_request.layer, m_outlines[static_cast<std::size_t>(label - 1)]->uuid};
    }
    bool isSeen(int label) const { return isTouched(*m_outlines[static_cast<std::size_t>(label - 1)]); }
    double areaOf(std::size_t pixels) const { return static_cast<double>(pixels) * m_pixelArea; }
    Neighbours ofOthers() const {
        return m_request.neighbours == Neighbours::Alone ? Neighbours::Alone : Neighbours::NoOverlap;
    }

    // What goes.

    void takeOff(const Piece& piece) {
        std::map<int, std::vector<std::uint32_t>> ofLabel;
        for (const auto pixel : piece.pixels) {
            ofLabel[m_outlined.values()[pixel]].push_back(pixel);
        }
        for (const auto& [label, pixels] : ofLabel) {
            if (isSeen(label) && !piece.isMeant) {
                ++m_result.kept;
                continue;
            }
            const auto ref = refOf(label);
            // What is nobody's, or is taken off others, may be laid over.
            const auto isBehind = [&, own = label](int row, int column) {
                return labelAt(row, column) != own;
            };
            try {
                layRegion(m_draft, ref, regionOf(pixels, isBehind), Ground::Remove, ofOthers());
            } catch (const nunatak::editing::NothingChanges&) {
                continue;
            } catch (const nunatak::editing::Refused&) {
                const auto all = static_cast<std::size_t>(
                    std::count(m_outlined.values().begin(), m_outlined.values().end(), label));
                if (all != pixels.size()) {
                    ++m_result.refused;
                    continue;
                }
                m_draft.remove(ref); // nothing would be left of it
                ++m_result.gone;
                m_result.goes += areaOf(pixels.size());
                continue;
            }
            m_changedRefs.insert(ref);
            m_result.goes += areaOf(pixels.size());
        }
    }

    // What comes.

    /// The outline that a piece adjoins most; 0: none.
    int ownerOf(const Piece& piece) const {
        std::map<int, std::size_t> beside;
        const int columns = m_outlined.columns();
        for (const auto pixel : piece.pixels) {
            const int row = static_cast<int>(pixel) / columns;
            const int column = static_cast<int>(pixel) % columns;
            for (const int label : {labelAt(row - 1, column), labelAt(row + 1, column),
                                    labelAt(row, column - 1), labelAt(row, column + 1)}) {
                if (label > 0 && m_draft.find(refOf(label)) != nullptr) {
                    ++beside[label];
                }
            }
        }
        int owner = 0;
        std::size_t most = 0;
        for (const auto& [label, count] : beside) {
            if (count > most) {
                most = count;
                owner = label;
            }
        }
        return owner;
    }

    void addAll(const std::vector<Piece>& pieces) {
        for (const auto& piece : pieces) {
            const int owner = ownerOf(piece);
            if (owner > 0 && isSeen(owner) && !piece.isMeant) {
                ++m_result.kept;
                continue;
            }
            if (owner > 0) {
                add(refOf(owner), piece);
            } else {
                addNew(piece);
            }
        }
    }

    void add(const OutlineRef& ref, const Piece& piece) {
        std::function<bool(int, int)> isBehind;
        if (m_request.neighbours != Neighbours::Alone) { // others are not entered by a pixel
            isBehind = [this](int row, int column) { return labelAt(row, column) > 0; };
        }
        try {
            layRegion(m_draft, ref, regionOf(piece.pixels, isBehind), Ground::Add, ofOthers());
        } catch (const nunatak::editing::NothingChanges&) {
            return;
        } catch (const nunatak::editing::Refused&) {
            ++m_result.refused;
            return;
        }
        m_changedRefs.insert(ref);
        m_result.comes += areaOf(piece.pixels.size());
    }

    void addNew(const Piece& piece) {
        if (!piece.isMeant && areaOf(piece.pixels.size()) < leastArea) {
            return;
        }
        outlines::Outline outline = m_request.like;
        outline.uuid = outlines::makeUuid();
        outline.geometry.clear(); // the gate looks at what comes
        outline.review = outlines::Review::NotReviewed;
        outline.reviewRecord = {};
        const OutlineRef ref{m_request.layer, outline.uuid};
        Draft draft = m_draft;
        try {
            draft.put(m_request.layer, std::move(outline));
            layRegion(draft, ref, regionOf(piece.pixels, {}), Ground::Add, ofOthers());
        } catch (const nunatak::editing::Refused&) {
            ++m_result.refused;
            return;
        }
        m_draft = std::move(draft);
        m_changedRefs.insert(ref);
        ++m_result.added;
        m_result.comes += areaOf(piece.pixels.size());
    }

    /// "Scribble on Khumbu Glacier and 2 more, 1 new, 1 gone".
    std::string description() const {
        std::string text = "Scribble";
        int others = m_result.changed;
        for (const auto& ref : m_changedRefs) {
            const auto outline = m_draft.find(ref);
            const bool isOld = std::any_of(m_outlines.begin(), m_outlines.end(),
                                           [&](const auto& each) { return each->uuid == ref.uuid; });
            if (isOld && outline != nullptr) {
                text += " on " + outlines::nameInSentence(*outline);
                --others;
                break;
            }
        }
        if (others > 0) {
            text += " and " + std::to_string(others) + " more";
        }
        if (m_result.added > 0) {
            text += ", " + std::to_string(m_result.added) + " new";
        }
        if (m_result.gone > 0) {
            text += ", " + std::to_string(m_result.gone) + " gone";
        }
        return text;
    }

    const ViewFeatures& m_view;
    Draft m_draft;
    const Request& m_request;
    geo::CoordinateTransform m_toGrid;
    geo::CoordinateTransform m_toProject;
    double m_pixelArea = 0;
    std::vector<OutlineHandle> m_outlines; ///< by label − 1
    Image<std::int32_t> m_outlined;
    std::set<OutlineRef> m_changedRefs;
    Scribbled m_result;
};

} // namespace

Scribbled scribbled(const ViewFeatures& view, Draft draft, const Request& request) {
    return Layer(view, std::move(draft), request).run();
}

} // namespace nunatak::scribble
