// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/step_functions.h"

#include "network/cpu/convolution.h"
#include "network/cpu/step/convolution.h"
#include "network/cpu/step/norm.h"
#include "network/cpu/winograd.h"

#include <ATen/ops/empty.h>
#include <torch/csrc/autograd/custom_function.h>

namespace nunatak::models {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

std::vector<float> valuesOf(const at::Tensor& vector) {
    const auto* data = vector.data_ptr<float>();
    return {data, data + vector.numel()};
}

at::Tensor vectorOf(const std::vector<float>& values) {
    auto tensor = at::empty({static_cast<std::int64_t>(values.size())}, at::TensorOptions(at::kFloat));
    std::copy(values.begin(), values.end(), tensor.data_ptr<float>());
    return tensor;
}

cpu::Folded foldedOf(const at::Tensor& kernel) {
    cpu::Folded layer;
    layer.outputs = static_cast<int>(kernel.size(0));
    layer.inputs = static_cast<int>(kernel.size(1));
    layer.taps = static_cast<int>(kernel.size(2) * kernel.size(3));
    layer.kernel = valuesOf(kernel.flatten());
    layer.bias.assign(static_cast<std::size_t>(layer.outputs), 0.0f);
    return layer;
}

std::ptrdiff_t pixelsOf(const at::Tensor& map) {
    return map.numel() / map.size(1);
}

at::Tensor channelsLast(const at::Tensor& map) {
    return map.contiguous(at::MemoryFormat::ChannelsLast);
}

/// What a step's layer needs on both ways and no gradient flows to.
struct Layer {
    StepEngine* engine = nullptr;
    StepConvolution kind = StepConvolution::Three;
    StepNorm norm;
    // Found on the way there.
    cpu::Moments moments;
    std::shared_ptr<cpu::Norm> way;
    at::Tensor convolved;
};

at::Tensor convolve(Layer& layer, const at::Tensor& x, const at::Tensor& kernel) {
    const auto& work = layer.engine->work();
    const int images = static_cast<int>(x.size(0));
    const std::int64_t scale = layer.kind == StepConvolution::Up ? 2 : 1;
    auto out = layer.engine->map({x.size(0), kernel.size(0), scale * x.size(2), scale * x.size(3)});
    const auto in = mapOf(x);
    const auto to = mapOf(out);
    if (layer.kind == StepConvolution::Three) {
        const cpu::WinogradConvolution convolution(work, kernel.data_ptr<float>(),
                                                   static_cast<int>(kernel.size(0)),
                                                   static_cast<int>(kernel.size(1)), false);
        convolution.run(work, in, to, 1, {}, images);
    } else if (layer.kind == StepConvolution::First) {
        const cpu::FirstConvolution convolution(work.kernels, foldedOf(kernel));
        for (int image = 0; image < images; ++image) {
            convolution.run(work, in.image(image), to.image(image), 1);
        }
    } else {
        const cpu::UpConvolution convolution(work.kernels, foldedOf(kernel));
        for (int image = 0; image < images; ++image) {
            convolution.run(work, in.image(image), to.image(image));
        }
    }
    return out;
}

at::Tensor inputGradient(const Layer& layer, const at::Tensor& x, const at::Tensor& kernel,
                         const at::Tensor& gradient) {
    const auto& work = layer.engine->work();
    const int images = static_cast<int>(x.size(0));
    auto out = layer.engine->map(x.sizes());
    if (layer.kind == StepConvolution::Up) {
        cpu::upInputGradient(work, mapOf(gradient), kernel.data_ptr<float>(), images, mapOf(out));
    } else {
        const cpu::WinogradConvolution convolution(work, kernel.data_ptr<float>(),
                                                   static_cast<int>(kernel.size(0)),
                                                   static_cast<int>(kernel.size(1)), true);
        convolution.run(work, mapOf(gradient), mapOf(out), 1, {}, images);
    }
    return out;
}

at::Tensor kernelGradient(const Layer& layer, const at::Tensor& x, const at::Tensor& kernel,
                          const at::Tensor& gradient) {
    const auto& work = layer.engine->work();
    const int images = static_cast<int>(x.size(0));
    auto out = at::empty(kernel.sizes(), at::TensorOptions(at::kFloat));
    auto* to = out.data_ptr<float>();
    if (layer.kind == StepConvolution::Three) {
        cpu::kernelGradient3(work, layer.engine->gradientMemory(), mapOf(x), mapOf(gradient), images, to);
    } else if (layer.kind == StepConvolution::First) {
        cpu::firstKernelGradient3(work, mapOf(x), mapOf(gradient), images, to);
    } else {
        cpu::upKernelGradient(work, mapOf(x), mapOf(gradient), images, to);
    }
    return out;
}

class ConvNormFunction : public torch::autograd::Function<ConvNormFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& kernel,
                              const at::Tensor& bias, const at::Tensor& gamma, const at::Tensor& beta,
                              std::shared_ptr<Layer> layer) {
        const auto x = channelsLast(input);
        auto convolved = convolve(*layer, x, kernel);
        const auto& norm = layer->norm;
        const auto pixels = pixelsOf(convolved);
        const auto channels = static_cast<int>(convolved.size(1));
        if (norm.ofBatch) {
            layer->moments =
                cpu::momentsOf(layer->engine->work(), convolved.data_ptr<float>(), pixels, channels);
        } else {
            layer->moments = {valuesOf(norm.mean), valuesOf(norm.variance)};
            if (bias.numel() > 0) {
                const auto* shift = bias.data_ptr<float>();
                for (std::size_t c = 0; c < layer->moments.mean.size(); ++c) {
                    layer->moments.mean[c] -= shift[c];
                }
            }
        }
        layer->way =
            std::make_shared<cpu::Norm>(layer->moments, norm.ofBatch, gamma.data_ptr<float>(),
                                        beta.data_ptr<float>(), norm.epsilon, static_cast<float>(norm.slope));
        // Where nothing asks for a gradient, nothing is kept.
        const bool wanted = input.requires_grad() || kernel.requires_grad() || gamma.requires_grad();
        auto out = wanted ? layer->engine->map(convolved.sizes()) : convolved;
        layer->way->run(layer->engine->work(), convolved.data_ptr<float>(), pixels, out.data_ptr<float>());
        if (wanted) {
            layer->convolved = convolved;
            context->save_for_backward({x, kernel});
            context->saved_data["inputs"] = input.requires_grad();
            context->saved_data["weights"] = kernel.requires_grad();
            context->saved_data["bias"] = bias.numel() > 0;
            context->saved_data["layer"] =
                c10::IValue::make_capsule(c10::make_intrusive<Holder>(std::move(layer)));
        }
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        auto& layer = *static_cast<Holder*>(context->saved_data["layer"].toCapsule().get())->layer;
        const auto gradient = channelsLast(gradients[0]);
        const bool inputs = context->saved_data["inputs"].toBool() && layer.kind != StepConvolution::First;
        const bool weights = context->saved_data["weights"].toBool();
        at::Tensor before;
        if (inputs || weights) {
            before = layer.engine->map(layer.convolved.sizes());
        }
        const auto ofNorm = layer.way->back(layer.engine->work(), layer.convolved.data_ptr<float>(),
                                            gradient.data_ptr<float>(), pixelsOf(gradient),
                                            before.defined() ? before.data_ptr<float>() : nullptr);
        layer.convolved = at::Tensor();
        variable_list results(6);
        if (weights) {
            results[1] = kernelGradient(layer, saved[0], saved[1], before);
        }
        if (inputs) {
            results[0] = inputGradient(layer, saved[0], saved[1], before);
        }
        if (context->saved_data["bias"].toBool()) {
            results[2] = vectorOf(ofNorm.bias);
        }
        results[3] = vectorOf(ofNorm.gamma);
        results[4] = vectorOf(ofNorm.beta);
        return results;
    }

private:
    struct Holder : torch::CustomClassHolder {
        explicit Holder(std::shared_ptr<Layer> held) : layer(std::move(held)) {}
        std::shared_ptr<Layer> layer;
    };
};

} // namespace

StepNormed convNormStep(StepEngine& engine, StepConvolution kind, const at::Tensor& x,
                        const at::Tensor& kernel, const at::Tensor& bias, const StepNorm& norm) {
    auto layer = std::make_shared<Layer>();
    layer->engine = &engine;
    layer->kind = kind;
    layer->norm = norm;
    StepNormed result;
    result.map = ConvNormFunction::apply(x, kernel, bias.defined() ? bias : at::empty({0}, kernel.options()),
                                         norm.gamma, norm.beta, layer);
    if (norm.ofBatch) {
        result.mean = vectorOf(layer->moments.mean);
        if (bias.defined()) {
            result.mean.add_(bias.detach());
        }
        result.variance = vectorOf(layer->moments.variance);
    }
    return result;
}

} // namespace nunatak::models
