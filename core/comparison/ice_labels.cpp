// SPDX-License-Identifier: GPL-3.0-or-later
#include "ice_labels.h"

#include "distance_transform.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace nunatak::comparison {

namespace {

/// A connected piece of ice, the model's and the expert's together.
struct Body {
    PixelBox box;
    std::int32_t firstExpert = noIce;
    bool severalExperts = false;
    bool outsideIce = false; ///< some of the model's ice lies in no expert glacier
};

class Bodies {
public:
    Bodies(const Image<std::int32_t>& expert, const Image<std::int32_t>& model)
        : m_expert(expert), m_model(model), m_number(1, expert.rows(), expert.columns()) {}

    /// Finds them all; body k has number k + 1 in numbers().
    std::vector<Body> find(const Progress& progress) {
        std::vector<Body> bodies;
        for (int row = 0; row < m_number.rows(); ++row) {
            progress.throwIfStopped();
            for (int column = 0; column < m_number.columns(); ++column) {
                if (isNewIcePixel(row, column)) {
                    bodies.push_back(flood(row, column, static_cast<std::int32_t>(bodies.size() + 1)));
                }
            }
        }
        return bodies;
    }

    const Image<std::int32_t>& numbers() const { return m_number; }

private:
    bool isNewIcePixel(int row, int column) const {
        return m_number.at(0, row, column) == 0 &&
               (m_expert.at(0, row, column) > 0 || m_model.at(0, row, column) > 0);
    }

    Body flood(int firstRow, int firstColumn, std::int32_t number) {
        Body body;
        std::vector<std::pair<int, int>> open;
        const auto visit = [&](int row, int column) {
            if (row >= 0 && row < m_number.rows() && column >= 0 && column < m_number.columns() &&
                isNewIcePixel(row, column)) {
                m_number.at(0, row, column) = number;
                open.emplace_back(row, column);
            }
        };
        visit(firstRow, firstColumn);
        while (!open.empty()) {
            const auto [row, column] = open.back();
            open.pop_back();
            body.box.include(row, column);
            if (const std::int32_t expert = m_expert.at(0, row, column); expert > 0) {
                body.severalExperts |= body.firstExpert != noIce && body.firstExpert != expert;
                body.firstExpert = expert;
            } else {
                body.outsideIce = true;
            }
            visit(row - 1, column);
            visit(row + 1, column);
            visit(row, column - 1);
            visit(row, column + 1);
        }
        return body;
    }

    const Image<std::int32_t>& m_expert;
    const Image<std::int32_t>& m_model;
    Image<std::int32_t> m_number;
};

/// The nearest glacier for the ice outside of several that hang together.
void shareOut(const Body& body, std::int32_t number, const Image<std::int32_t>& numbers,
              const Image<std::int32_t>& expert, Image<std::int32_t>& owner) {
    const PixelBox& box = body.box;
    Image<std::int32_t> seeds(1, box.endRow - box.firstRow, box.endColumn - box.firstColumn);
    for (int row = 0; row < seeds.rows(); ++row) {
        for (int column = 0; column < seeds.columns(); ++column) {
            const int r = box.firstRow + row;
            const int c = box.firstColumn + column;
            seeds.at(0, row, column) =
                numbers.at(0, r, c) == number ? std::max(noIce, expert.at(0, r, c)) : noIce;
        }
    }
    const auto nearest = nearestSeed(seeds);
    for (int row = 0; row < seeds.rows(); ++row) {
        for (int column = 0; column < seeds.columns(); ++column) {
            const int r = box.firstRow + row;
            const int c = box.firstColumn + column;
            if (numbers.at(0, r, c) == number && expert.at(0, r, c) == noIce) {
                owner.at(0, r, c) = nearest.label.at(0, row, column);
            }
        }
    }
}

} // namespace

void PixelBox::include(int row, int column) {
    if (empty()) {
        *this = {row, column, row + 1, column + 1};
        return;
    }
    firstRow = std::min(firstRow, row);
    firstColumn = std::min(firstColumn, column);
    endRow = std::max(endRow, row + 1);
    endColumn = std::max(endColumn, column + 1);
}

Image<std::int32_t> ownersOfModelIce(const Image<std::int32_t>& expert, const Image<std::int32_t>& model,
                                     const Progress& progress) {
    Bodies search(expert, model);
    const auto bodies = search.find(progress);
    const auto& numbers = search.numbers();
    Image<std::int32_t> owner(1, expert.rows(), expert.columns());
    for (std::size_t i = 0; i < owner.bandSize(); ++i) {
        if (model.values()[i] <= 0) {
            owner.values()[i] = model.values()[i]; // no ice, or not valid
        } else if (expert.values()[i] > 0) {
            owner.values()[i] = expert.values()[i];
        } else {
            const Body& body = bodies[static_cast<std::size_t>(numbers.values()[i] - 1)];
            owner.values()[i] = body.firstExpert == noIce ? newIce : body.firstExpert;
        }
    }
    for (std::size_t k = 0; k < bodies.size(); ++k) {
        if (bodies[k].severalExperts && bodies[k].outsideIce) {
            progress.throwIfStopped();
            shareOut(bodies[k], static_cast<std::int32_t>(k + 1), numbers, expert, owner);
        }
    }
    return owner;
}

} // namespace nunatak::comparison
