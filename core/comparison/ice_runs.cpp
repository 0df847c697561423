// SPDX-License-Identifier: GPL-3.0-or-later
#include "ice_runs.h"

#include "geo/segment_tree.h"
#include "run_groups.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

namespace nunatak::comparison {

namespace {

bool isIce(const Run& run) {
    return run.validity == Validity::Valid && (run.expert > 0 || run.model > 0);
}

/// Model's ice that lies in no expert glacier.
bool isOutsideIce(const Run& run) {
    return run.validity == Validity::Valid && run.expert <= 0 && run.model > 0;
}

/// A connected piece of ice, the model's and the expert's together.
struct Body {
    std::int32_t firstExpert = noIce;
    bool severalExperts = false;
    bool outsideIce = false;
};

/// The expert's pixels of one body, to find those nearest to others. Each run is a segment from the middle of
/// its first to that of its last pixel: of a pixel, the nearest place on it is the middle of one.
class ExpertPixels {
public:
    void add(int row, const Run& run) {
        m_segments.push_back({{static_cast<double>(run.begin), static_cast<double>(row)},
                              {static_cast<double>(run.end - 1), static_cast<double>(row)}});
        m_labels.push_back(run.expert);
    }

    /// The glacier nearest to a pixel; of equally near ones that of the lower number.
    std::int32_t nearest(int row, int column) {
        if (m_tree.empty()) {
            m_tree = geo::SegmentTree(std::move(m_segments));
        }
        const geo::Point place{static_cast<double>(column), static_cast<double>(row)};
        geo::Extent box;
        box.include(place);
        // What was nearest to the pixel before is not far.
        double within2 = geo::SegmentTree::distance2(place, m_tree.segments()[m_last]);
        std::int32_t label = m_labels[m_last];
        m_tree.visitNear(box, within2, [&](std::size_t i) {
            const double distance2 = geo::SegmentTree::distance2(place, m_tree.segments()[i]);
            if (distance2 < within2 || (distance2 == within2 && m_labels[i] < label)) {
                within2 = distance2;
                label = m_labels[i];
                m_last = i;
            }
        });
        return label;
    }

private:
    std::vector<geo::SegmentTree::Segment> m_segments;
    std::vector<std::int32_t> m_labels;
    geo::SegmentTree m_tree;
    std::size_t m_last = 0;
};

} // namespace

void PixelBox::include(int row, int begin, int end) {
    if (empty()) {
        *this = {row, begin, row + 1, end};
        return;
    }
    firstRow = std::min(firstRow, row);
    firstColumn = std::min(firstColumn, begin);
    endRow = std::max(endRow, row + 1);
    endColumn = std::max(endColumn, end);
}

IceRuns::IceRuns(int rows, int columns, const std::function<LabelledStrip(int)>& strip,
                 const Progress& progress)
    : m_firstOfRow{0}, m_columns(columns) {
    while (this->rows() < rows) {
        progress.report(0.9 * this->rows() / rows, "Reading the scene");
        append(strip(this->rows()));
    }
    progress.report(0.9, "Finding glaciers");
    markGaps(progress);
    findOwners(progress);
}

void IceRuns::append(const LabelledStrip& strip) {
    for (int row = 0; row < strip.expert.rows(); ++row) {
        const auto* hasData = strip.hasData.row(0, row);
        const auto* expert = strip.expert.row(0, row);
        const auto* model = strip.model.row(0, row);
        bool isOpen = false;
        for (int column = 0; column < m_columns; ++column) {
            const auto validity = hasData[column] != 0 ? Validity::Valid : Validity::Gap;
            const auto ofModel = validity == Validity::Valid ? model[column] : noIce;
            if (isOpen && m_runs.back().expert == expert[column] && m_runs.back().model == ofModel &&
                m_runs.back().validity == validity) {
                m_runs.back().end = column + 1;
                continue;
            }
            isOpen = validity != Validity::Valid || expert[column] > 0 || ofModel > 0;
            if (isOpen) {
                const auto owner = validity == Validity::Valid ? noIce : notValid;
                m_runs.push_back({column, column + 1, expert[column], ofModel, owner, validity});
            }
        }
        m_firstOfRow.push_back(m_runs.size());
    }
}

/// Gaps that reach the grid's edge, from pixel to pixel over their edges, are outside.
void IceRuns::markGaps(const Progress& progress) {
    const auto isGap = [](const Run& run) { return run.validity != Validity::Valid; };
    RunGroups groups(m_runs, m_firstOfRow, isGap, progress);
    std::vector<bool> reachesEdge(m_runs.size());
    for (int row = 0; row < rows(); ++row) {
        for (std::size_t i = m_firstOfRow[static_cast<std::size_t>(row)];
             i < m_firstOfRow[static_cast<std::size_t>(row) + 1]; ++i) {
            if (isGap(m_runs[i]) &&
                (row == 0 || row == rows() - 1 || m_runs[i].begin == 0 || m_runs[i].end == m_columns)) {
                reachesEdge[groups.of(i)] = true;
            }
        }
    }
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        if (isGap(m_runs[i]) && reachesEdge[groups.of(i)]) {
            m_runs[i].validity = Validity::Outside;
        }
    }
}

void IceRuns::findOwners(const Progress& progress) {
    RunGroups groups(m_runs, m_firstOfRow, isIce, progress);
    std::unordered_map<std::size_t, Body> bodies;
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        if (!isIce(m_runs[i])) {
            continue;
        }
        Body& body = bodies[groups.of(i)];
        if (const auto expert = m_runs[i].expert; expert > 0) {
            body.severalExperts |= body.firstExpert != noIce && body.firstExpert != expert;
            body.firstExpert = expert;
        } else {
            body.outsideIce = true;
        }
    }
    // The ice outside of several glaciers that hang together goes to the nearest of them.
    std::unordered_map<std::size_t, ExpertPixels> shared;
    for (int row = 0; row < rows(); ++row) {
        for (std::size_t i = m_firstOfRow[static_cast<std::size_t>(row)];
             i < m_firstOfRow[static_cast<std::size_t>(row) + 1]; ++i) {
            if (isIce(m_runs[i]) && m_runs[i].expert > 0) {
                const auto group = groups.of(i);
                if (const Body& body = bodies.at(group); body.severalExperts && body.outsideIce) {
                    shared[group].add(row, m_runs[i]);
                }
            }
        }
    }
    std::vector<Run> owned;
    std::vector<std::size_t> firstOfRow{0};
    owned.reserve(m_runs.size());
    for (int row = 0; row < rows(); ++row) {
        progress.throwIfStopped();
        for (std::size_t i = m_firstOfRow[static_cast<std::size_t>(row)];
             i < m_firstOfRow[static_cast<std::size_t>(row) + 1]; ++i) {
            Run run = m_runs[i];
            if (!isOutsideIce(run)) {
                run.owner = run.validity == Validity::Valid && run.model > 0 ? run.expert : run.owner;
                owned.push_back(run);
                continue;
            }
            const auto group = groups.of(i);
            const Body& body = bodies.at(group);
            if (!body.severalExperts) {
                run.owner = body.firstExpert == noIce ? newIce : body.firstExpert;
                owned.push_back(run);
                continue;
            }
            ExpertPixels& pixels = shared.at(group);
            for (int column = run.begin; column < run.end; ++column) {
                const auto owner = pixels.nearest(row, column);
                if (column > run.begin && owned.back().owner == owner) {
                    owned.back().end = column + 1;
                } else {
                    owned.push_back({column, column + 1, run.expert, run.model, owner, run.validity});
                }
            }
        }
        firstOfRow.push_back(owned.size());
    }
    m_runs = std::move(owned);
    m_firstOfRow = std::move(firstOfRow);
}

std::span<const Run> IceRuns::row(int row) const {
    if (row < 0 || row >= rows()) {
        return {};
    }
    const auto first = m_firstOfRow[static_cast<std::size_t>(row)];
    return std::span(m_runs).subspan(first, m_firstOfRow[static_cast<std::size_t>(row) + 1] - first);
}

void IceRuns::labelsOf(int row, int first, std::int32_t (*label)(const Run&),
                       std::span<std::int32_t> labels) const {
    const auto count = static_cast<int>(labels.size());
    if (row < 0 || row >= rows()) {
        std::ranges::fill(labels, notValid);
        return;
    }
    for (int i = 0; i < count; ++i) {
        const bool isOnGrid = first + i >= 0 && first + i < m_columns;
        labels[static_cast<std::size_t>(i)] = isOnGrid ? noIce : notValid;
    }
    const auto runs = this->row(row);
    auto run = std::ranges::upper_bound(runs, first, {}, &Run::end);
    for (; run != runs.end() && run->begin < first + count; ++run) {
        const auto from = labels.begin() + std::max(0, run->begin - first);
        const auto to = labels.begin() + std::min(count, run->end - first);
        std::fill(from, to, label(*run));
    }
}

} // namespace nunatak::comparison
