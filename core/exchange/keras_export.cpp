// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/keras_weights.h"

#include "base/error.h"
#include "base/whole_file.h"
#include "models/keras_layout.h"

#include <exception>
#include <map>

#include <hdf5.h>

namespace nunatak::exchange {

namespace {

/// What the file says it was written with: the newest Keras that reads this layout without a question.
constexpr const char* kerasVersion = "2.12.0";

/// A call of HDF5 that failed; it does not say why in words.
class Refusal : public std::exception {};

/// An HDF5 identifier that closes itself.
class Handle {
public:
    Handle(hid_t id, herr_t (*close)(hid_t)) : m_id(id), m_close(close) {
        if (id < 0) {
            throw Refusal();
        }
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { m_close(m_id); }
    operator hid_t() const { return m_id; }

private:
    hid_t m_id;
    herr_t (*m_close)(hid_t);
};

void demand(herr_t result) {
    if (result < 0) {
        throw Refusal();
    }
}

/// HDF5 prints its stack of errors unless told not to.
class QuietHdf5 {
public:
    QuietHdf5() {
        H5Eget_auto2(H5E_DEFAULT, &m_print, &m_data);
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    }
    QuietHdf5(const QuietHdf5&) = delete;
    QuietHdf5& operator=(const QuietHdf5&) = delete;
    ~QuietHdf5() { H5Eset_auto2(H5E_DEFAULT, m_print, m_data); }

private:
    H5E_auto2_t m_print = nullptr;
    void* m_data = nullptr;
};

/// A file that HDF5 keeps in memory, and which is then written as a whole: on a disk that becomes full the
/// library could otherwise fail as late as when it closes the file.
class MemoryAccess {
public:
    MemoryAccess() : m_access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose) {
        demand(H5Pset_fapl_core(m_access, std::size_t{1} << 20U, 0));
    }
    operator hid_t() const { return m_access; }

private:
    Handle m_access;
};

/// Writes as h5py does for Keras: texts of variable length, an empty list of names as an empty list of
/// numbers.
class KerasWriter {
public:
    KerasWriter()
        : m_file(H5Fcreate("weights.h5", H5F_ACC_TRUNC, H5P_DEFAULT, MemoryAccess()), H5Fclose),
          m_text(H5Tcopy(H5T_C_S1), H5Tclose), m_intermediate(H5Pcreate(H5P_LINK_CREATE), H5Pclose),
          m_timeless(H5Pcreate(H5P_DATASET_CREATE), H5Pclose) {
        demand(H5Tset_size(m_text, H5T_VARIABLE));
        demand(H5Pset_create_intermediate_group(m_intermediate, 1));
        // The same weights make the same bytes.
        demand(H5Pset_obj_track_times(m_timeless, 0));
    }

    void text(const char* name, const char* value) {
        const Handle space(H5Screate(H5S_SCALAR), H5Sclose);
        const Handle attribute(H5Acreate2(m_file, name, m_text, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        demand(H5Awrite(attribute, m_text, &value));
    }

    void layerNames(const std::vector<std::string>& names) { texts(m_file, "layer_names", names); }

    void layer(const std::string& name, const std::vector<std::string>& weightNames,
               const std::vector<models::Tensor>& weights) {
        const Handle group(H5Gcreate2(m_file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
        texts(group, "weight_names", weightNames);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            dataset(group, weightNames[i], weights[i]);
        }
    }

    /// The whole file.
    std::string bytes() {
        demand(H5Fflush(m_file, H5F_SCOPE_GLOBAL));
        const auto size = H5Fget_file_image(m_file, nullptr, 0);
        std::string image(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
        if (size <= 0 || H5Fget_file_image(m_file, image.data(), image.size()) != size) {
            throw Refusal();
        }
        return image;
    }

private:
    void texts(hid_t object, const char* name, const std::vector<std::string>& values) {
        const hsize_t count = values.size();
        const Handle space(H5Screate_simple(1, &count, nullptr), H5Sclose);
        const hid_t type = values.empty() ? H5T_IEEE_F64LE : static_cast<hid_t>(m_text);
        const Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        if (values.empty()) {
            return;
        }
        std::vector<const char*> pointers;
        for (const auto& value : values) {
            pointers.push_back(value.c_str());
        }
        demand(H5Awrite(attribute, m_text, pointers.data()));
    }

    void dataset(hid_t group, const std::string& name, const models::Tensor& tensor) {
        const std::vector<hsize_t> shape(tensor.shape.begin(), tensor.shape.end());
        const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
        const Handle set(
            H5Dcreate2(group, name.c_str(), H5T_IEEE_F32LE, space, m_intermediate, m_timeless, H5P_DEFAULT),
            H5Dclose);
        demand(H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, tensor.values.data()));
    }

    Handle m_file;
    Handle m_text;
    Handle m_intermediate;
    Handle m_timeless;
};

void writeLayers(const models::NetworkSpec& spec, const models::NamedTensors& weights, KerasWriter& writer) {
    const auto slots = models::weightLayout(spec);
    const auto names = models::kerasWeightNames(spec);
    std::map<std::string, std::vector<std::string>> namesOf;
    std::map<std::string, std::vector<models::Tensor>> arraysOf;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const auto found = weights.find(slots[i].name);
        if (found == weights.end()) {
            throw Error("The model lacks the weight " + slots[i].name + ".");
        }
        namesOf[slots[i].kerasLayer].push_back(names[i]);
        arraysOf[slots[i].kerasLayer].push_back(models::toKeras(slots[i], found->second));
    }
    for (const auto& layer : models::kerasLayers(spec)) {
        writer.layer(layer, namesOf[layer], arraysOf[layer]);
    }
    writer.layer("top_level_model_weights", {}, {});
}

} // namespace

void throwUnlessKerasName(const std::filesystem::path& file) {
    const auto name = file.filename().string();
    const auto suffix = file.extension();
    if (name.ends_with(".weights.h5")) {
        const auto stem = name.substr(0, name.size() - std::string(".weights.h5").size());
        throw Error("Keras takes a file called " + name +
                    " for another layout (from 2.12 on, .weights.h5 means arrays with numbers for names) and "
                    "would not load it; call it " +
                    (stem.empty() ? std::string("model") : stem) + "_weights.h5.");
    }
    if (suffix != ".h5" && suffix != ".hdf5") {
        throw Error("Keras tells weights by the end of their file's name, and would not load " + name +
                    "; let it end in _weights.h5" +
                    (suffix == ".keras" ? std::string(" (.keras means an archive of a whole model)")
                                        : std::string()) +
                    ".");
    }
}

void exportKeras(const models::NetworkSpec& spec, const models::NamedTensors& weights,
                 const std::filesystem::path& file, const Claim& claim) {
    throwUnlessKerasName(file);
    const auto layers = models::kerasLayers(spec);
    throwUnlessFree(file, claim);
    const QuietHdf5 quiet;
    std::string bytes;
    try {
        KerasWriter writer;
        writer.layerNames(layers);
        writer.text("backend", "tensorflow");
        writer.text("keras_version", kerasVersion);
        writeLayers(spec, weights, writer);
        bytes = writer.bytes();
    } catch (const Refusal&) {
        throw Error("The Keras weights " + file.string() +
                    " cannot be put together; is there enough memory?");
    }
    writeWholeFile(file, {bytes}, claim);
}

} // namespace nunatak::exchange
