// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/number.h"

namespace {

using nunatak::models::cpu::bf16::blockColumns;
using nunatak::models::cpu::bf16::blockPixels;
using nunatak::models::cpu::bf16::Number;
using nunatak::models::cpu::bf16::Product;
using nunatak::models::cpu::bf16::Sum;

/// The sums of a block: 32 columns of up to 32 pixels.
struct alignas(64) BlockSums {
    float values[blockPixels][blockColumns];
};

/// What follows the sums, and where the values go; `plus` is read only where the product has such a sum.
inline void finish(const Product& job, int column, int pixel, int count, const BlockSums& sums,
                   const BlockSums& plus) {
    alignas(64) float values[blockColumns];
    int place = (job.first + pixel) % job.period;
    int row = (job.first + pixel) / job.period;
    for (int p = 0; p < count; ++p) {
        const bool isWritten = place < job.inside;
        const int at = row * job.inside + place;
        if (++place == job.period) {
            place = 0;
            ++row;
        }
        if (!isWritten) {
            continue;
        }
        for (int c = 0; c < blockColumns; ++c) {
            const float value = sums.values[p][c] + job.bias[column + c];
            const float damped = value * job.slope;
            values[c] = value > damped ? value : damped;
        }
        if (job.plus.panels) {
            for (int c = 0; c < blockColumns; ++c) {
                values[c] += plus.values[p][c];
            }
        }
        if (job.out) {
            Number* to = job.out + (pixel + p) * job.outStride + column;
            for (int c = 0; c < blockColumns; ++c) {
                to[c] = narrow(values[c]);
            }
        } else if (job.outFloats) {
            float* to = job.outFloats + (pixel + p) * job.outStride + column;
            const float* add = job.add ? job.add + (pixel + p) * job.addStride + column : nullptr;
            const int written =
                job.outColumns - column < blockColumns ? job.outColumns - column : blockColumns;
            for (int c = 0; c < written; ++c) {
                to[c] = add ? values[c] + add[c] : values[c];
            }
        } else {
            float parts[16];
            for (int c = 0; c < 16; ++c) {
                parts[c] = values[c] * job.dots[column + c] + values[c + 16] * job.dots[column + c + 16];
            }
            float total = 0;
            for (const float part : parts) {
                total += part;
            }
            job.logits[at] += total;
        }
    }
}

/// Columns by 32, pixels by 32: the weights of the columns stay near while the pixels pass.
/// Block::sum(Sum, column block, pixel, count, BlockSums&) computes one block.
template <typename Block> void multiplyBlocks(const Product& job) {
    BlockSums sums;
    BlockSums plus;
    for (int column = 0; column < job.columns; column += blockColumns) {
        for (int pixel = 0; pixel < job.pixels; pixel += blockPixels) {
            const int count = job.pixels - pixel < blockPixels ? job.pixels - pixel : blockPixels;
            Block::sum(job.sum, column / blockColumns, pixel, count, sums);
            if (job.plus.panels) {
                Block::sum(job.plus, column / blockColumns, pixel, count, plus);
            }
            finish(job, column, pixel, count, sums, plus);
        }
    }
}

} // namespace
