// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden.h"
#include "learning/focal_loss.h"
#include "support/plain_test.h"

#include <ATen/ops/from_blob.h>
#include <ATen/ops/ones.h>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

at::Tensor asTensor(models::Tensor& tensor) {
    return at::from_blob(tensor.values.data(), tensor.shape, at::kFloat).clone();
}

void agrees(const std::string& labels, const std::string& suffix) {
    const auto golden = readGolden("algorithms");
    for (const std::string head : {"deepsupervision", "output"}) {
        auto logitValues = channelsFirst(golden.at("f_focal/logits_" + head));
        auto labelValues = channelsFirst(golden.at("f_focal/" + labels));
        auto expected = channelsFirst(golden.at("f_focal/grad_" + head + suffix));
        const double share = head == "output" ? 1.0 : 0.5;
        auto logits = asTensor(logitValues).requires_grad_(true);
        const auto loss = models::focalLoss(logits, asTensor(labelValues), at::ones({2, 8, 8}), 2) * share;
        NUNATAK_CHECK_NEAR(loss.item<double>(),
                           golden.at("f_focal@weighted_loss_" + head + suffix).values.at(0), 2e-6);
        loss.backward();
        const double difference = (logits.grad() - asTensor(expected)).abs().max().item<double>();
        NUNATAK_CHECK(difference <= 1e-6);
    }
}

void theFocalLossAndItsGradientAreThePublishedOnes() {
    agrees("labels_smoothed", "");
}
void theFocalLossOfHardLabelsIsThePublishedOne() {
    agrees("labels_onehot", "_hard");
}

void pixelsCountByTheirWeights() {
    auto logits = at::ones({1, 2, 1, 2});
    logits.select(3, 0).select(1, 0).fill_(-2);
    auto labels = at::ones({1, 2, 1, 2}) * 0.5;
    auto weights = at::ones({1, 1, 2});
    weights.select(2, 0).fill_(3);
    auto only = [&](int pixel) {
        auto one = at::ones({1, 1, 2}).fill_(0);
        one.select(2, pixel).fill_(7);
        return models::focalLoss(logits, labels, one, 1).item<double>();
    };
    NUNATAK_CHECK_NEAR(models::focalLoss(logits, labels, weights, 1).item<double>(),
                       0.75 * only(0) + 0.25 * only(1), 1e-6);
    NUNATAK_CHECK_NEAR(models::focalLoss(logits, labels, weights.fill_(0), 1).item<double>(), 0, 0);
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(theFocalLossAndItsGradientAreThePublishedOnes),
        NUNATAK_PLAIN_TEST(theFocalLossOfHardLabelsIsThePublishedOne),
        NUNATAK_PLAIN_TEST(pixelsCountByTheirWeights),
    };
}
