// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/residual.h"

#include <algorithm>

namespace nunatak::models::cpu {

int samePlace(int input) {
    return input;
}

Place joinedPlace(int first) {
    return [first](int input) { return input < first ? input : padded(first) + input - first; };
}

Residual::Residual(const Kernels& kernels, const Weights& weights, const std::string& name, int channels,
                   const Place& place) {
    const auto first = withNorm(weights, name + "/conv1", name + "/norm1", true);
    m_first = WinogradConvolution(kernels, first, channels, place);
    m_second = WinogradConvolution(kernels, withNorm(weights, name + "/conv2", name + "/norm2", true),
                                   padded(first.outputs), samePlace);
    m_projection =
        PointConvolution(kernels, plainLayer(weights, name + "/projection", false), channels, place);
}

void Residual::run(const Workspace& work, const Map& in, const Map& between, const Map& out) const {
    m_projection.run(work, in, out, 1);
    work.check();
    runPair(work, in, between, out, out);
}

void Residual::runPair(const Workspace& work, const Map& in, const Map& between, const Map& out,
                       const Map& add) const {
    m_first.run(work, in, between, usualSlope);
    work.check();
    m_second.run(work, between, out, usualSlope, add);
    work.check();
}

void maxPool(const Workspace& work, const Map& in, const Map& out) {
    work.team.share(out.rows, [&](int row, int) {
        work.kernels.maxPoolRow(in.row(2 * row), in.row(2 * row + 1), in.stride, in.channels, out.columns,
                                out.row(row), out.stride);
    });
}

EnlargedRow enlargedRow(int row, int rows) {
    const int here = row / 2;
    return row % 2 == 0 ? EnlargedRow{std::max(here - 1, 0), here, 0.75f}
                        : EnlargedRow{here, std::min(here + 1, rows - 1), 0.25f};
}

void enlarge(const Workspace& work, const Map& in, const Map& out, bool accumulate) {
    work.team.share(out.rows, [&](int row, int member) {
        const auto [above, below, share] = enlargedRow(row, in.rows);
        auto* scratch = work.scratchOf(member, static_cast<std::size_t>(in.columns * in.channels));
        work.kernels.enlargeRow(in.row(above), in.row(below), share, in.channels, in.columns, out.row(row),
                                accumulate, scratch);
    });
    work.check();
}

} // namespace nunatak::models::cpu
