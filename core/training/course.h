// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "models/tensor.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::training {

/// An IoU that was measured while a model learnt.
struct MeasuredAt {
    int step = 0; ///< steps that were learnt before it; 0: the model as it was
    double iou = 0;
    bool operator==(const MeasuredAt&) const = default;
};

/// The weights that did best so far.
struct KeptWeights {
    int step = 0;              ///< after which they were; 0: none yet
    double iou = 0;            ///< theirs
    double most = 0;           ///< the largest of all
    models::NamedTensors of{}; ///< Network::state() of theirs; empty: they are those of now
};

/// What it takes to go on learning as if it had never been interrupted, from the same places with the same
/// options.
struct TrainingState {
    int step = 0;                     ///< that were learnt
    std::string dice;                 ///< Sampler::dice()
    std::vector<double> losses;       ///< one a step
    std::vector<MeasuredAt> measured; ///< in the order of steps
    models::NamedTensors network;     ///< Network::state()
    KeptWeights best;
};

/// A tile as it looks, what an expert said of it and what the model says, before it learnt and now.
struct Example {
    std::string place;    ///< the scene's name
    double pixelSize = 0; ///< metres
    Image<float> picture; ///< red, green, blue, or one band; about 0 to 1
    Image<float> said;    ///< share that is ice; NaN where nobody looked
    Image<float> before;  ///< probability of ice; NaN where nothing was predicted
    Image<float> now;
};

/// Someone who watches a training, keeps how far it came and lets it go on from there. Called on the thread
/// that learns.
class Course {
public:
    virtual ~Course() = default;
    /// Where to go on; none: at the beginning.
    virtual std::optional<TrainingState> begin() { return std::nullopt; }
    virtual void measured(const MeasuredAt& /*at*/) {}
    virtual void examples(const std::vector<Example>& /*tiles*/) {}
    /// Something the user should know, a sentence.
    virtual void note(const std::string& /*sentence*/) {}
    /// Asked after each step but the last: whether to keep() how far it came.
    virtual bool wantsState(int /*step*/) { return false; }
    /// May end the training by throwing.
    virtual void keep(const TrainingState& /*state*/) {}
};

} // namespace nunatak::training
