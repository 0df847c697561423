// SPDX-License-Identifier: GPL-3.0-or-later
#include "contents.h"
#include "hdf5_values.h"

namespace nunatak::hdf5_reader {

namespace {

/// A list of names that Keras may have cut into NAME0, NAME1, … where HDF5 has no room for it in one
/// attribute.
std::vector<std::string> names(hid_t object, const std::string& attribute, const std::string& what) {
    if (hasAttribute(object, attribute)) {
        return textsOf(object, attribute);
    }
    std::vector<std::string> all;
    for (int piece = 0; hasAttribute(object, attribute + std::to_string(piece)); ++piece) {
        const auto some = textsOf(object, attribute + std::to_string(piece));
        all.insert(all.end(), some.begin(), some.end());
    }
    if (all.empty()) {
        throw Unusable(what + " has no attribute " + attribute +
                       ", so this is not a file that Keras' save_weights wrote");
    }
    return all;
}

void sendLayers(hid_t root, RecordWriter& out) {
    for (const auto& layer : names(root, "layer_names", "the file")) {
        const auto what = "the layer " + layer;
        const Handle group(H5Gopen2(root, layer.c_str(), H5P_DEFAULT), H5Gclose, what);
        out.group(layer);
        for (const auto& name : names(group, "weight_names", what)) {
            sendDataset(group, name, out);
        }
        out.endOfGroup();
    }
}

void sendText(hid_t root, const std::string& attribute, RecordWriter& out) {
    if (hasAttribute(root, attribute)) {
        const auto texts = textsOf(root, attribute);
        if (texts.size() == 1) {
            out.text(attribute, texts.front());
        }
    }
}

void sendRoot(hid_t root, RecordWriter& out) {
    sendText(root, "backend", out);
    sendText(root, "keras_version", out);
    sendLayers(root, out);
}

} // namespace

/// Throws Unusable where the file has the layout that NAME.weights.h5 means from Keras 2.12 on: groups of
/// layers (layers in Keras 3, _layer_checkpoint_dependencies in Keras 2.12), in each a group vars with arrays
/// called 0, 1, … Only the model's code knows which array is which.
void throwIfNumbered(hid_t file) {
    for (const char* group : {"layers", "_layer_checkpoint_dependencies", "vars", "_layers"}) {
        if (H5Lexists(file, group, H5P_DEFAULT) > 0 && objectType(file, group) == H5O_TYPE_GROUP) {
            throw Unusable(
                std::string("its weights have numbers for names, the layout that Keras 3 and Keras "
                            "2.12 and newer write to NAME.weights.h5; load it there with the model's "
                            "code and ") +
                exchange::hdf5::savePlainly);
        }
    }
}

void sendWeights(hid_t file, RecordWriter& out) {
    // A whole model (Keras' save) keeps its weights one level below.
    const bool whole = !hasAttribute(file, "layer_names") && !hasAttribute(file, "layer_names0") &&
                       H5Lexists(file, "model_weights", H5P_DEFAULT) > 0;
    if (!whole && !hasAttribute(file, "layer_names") && !hasAttribute(file, "layer_names0")) {
        throwIfNumbered(file);
    }
    if (whole) {
        const Handle group(H5Gopen2(file, "model_weights", H5P_DEFAULT), H5Gclose, "the group model_weights");
        sendRoot(group, out);
    } else {
        sendRoot(file, out);
    }
}

} // namespace nunatak::hdf5_reader
