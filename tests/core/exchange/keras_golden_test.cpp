// SPDX-License-Identifier: GPL-3.0-or-later
// Files that Keras itself wrote: imported, predicted with, written back.
#include "exchange/keras_weights.h"
#include "hdf5_fixtures.h"
#include "models/golden.h"
#include "models/keras_layout.h"
#include "support/hdf5_arrays.h"
#include "support/shared_data.h"

#include <QtTest>

#include <map>
#include <set>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

exchange::KerasFile goldenFile(const std::string& name) {
    return exchange::readKerasFile(sharedFile(("golden/" + name + ".h5").c_str()), realReader());
}

models::Tensor glacierChannel(const models::Tensor& both) {
    models::Tensor one{{both.shape.at(0), both.shape.at(1), both.shape.at(2)}, {}};
    for (std::size_t i = 1; i < both.values.size(); i += 2) {
        one.values.push_back(both.values[i]);
    }
    return one;
}

/// Path, shape and type of everything in a file.
std::map<std::string, std::string> structureOf(const std::filesystem::path& file) {
    std::map<std::string, std::string> found;
    const hid_t opened = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    auto describe = [](hid_t type, hid_t space) {
        hsize_t extents[8]{};
        const int rank = H5Sget_simple_extent_dims(space, extents, nullptr);
        std::string text = "class " + std::to_string(H5Tget_class(type)) + " variable " +
                           std::to_string(H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0) +
                           " size " + std::to_string(H5Tget_size(type)) + " kind " +
                           std::to_string(H5Sget_simple_extent_type(space)) + " shape";
        for (int axis = 0; axis < rank; ++axis) {
            text += " " + std::to_string(extents[axis]);
        }
        H5Sclose(space);
        H5Tclose(type);
        return text;
    };
    auto visit = [&](hid_t, const char* name, const H5O_info_t* info) {
        const hid_t object = H5Oopen(opened, name, H5P_DEFAULT);
        found[name] =
            info->type == H5O_TYPE_DATASET ? describe(H5Dget_type(object), H5Dget_space(object)) : "group";
        for (hsize_t i = 0; i < info->num_attrs; ++i) {
            const hid_t attribute =
                H5Aopen_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT);
            char attributeName[128];
            H5Aget_name(attribute, sizeof attributeName, attributeName);
            found[std::string(name) + "@" + attributeName] =
                describe(H5Aget_type(attribute), H5Aget_space(attribute));
            H5Aclose(attribute);
        }
        H5Oclose(object);
    };
    using Visit = decltype(visit);
    H5Ovisit(
        opened, H5_INDEX_NAME, H5_ITER_NATIVE,
        [](hid_t parent, const char* name, const H5O_info_t* info, void* data) -> herr_t {
            (*static_cast<Visit*>(data))(parent, name, info);
            return 0;
        },
        &visit);
    H5Fclose(opened);
    return found;
}

} // namespace

class KerasGoldenTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    static void addModels() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("model");
        QTest::newRow("tiny") << "tiny_weights"
                              << "tiny";
        QTest::newRow("with a location") << "tiny_loc_weights"
                                         << "tiny_loc";
        QTest::newRow("second model of its process") << "tiny_loc_weights_second_model"
                                                     << "tiny_loc";
        QTest::newRow("published size") << "full_weights"
                                        << "full";
    }

private Q_SLOTS:
    void initTestCase() {
        NUNATAK_NEEDS_SHARED("golden/tiny_weights.h5");
        NUNATAK_NEEDS_SHARED("golden/full_weights.h5");
    }

    void whatKerasSavedPredictsWhatKerasPredicts_data() { addModels(); }
    void whatKerasSavedPredictsWhatKerasPredicts() {
        QFETCH(QString, file);
        QFETCH(QString, model);
        const auto spec = goldenSpec(model.toStdString());
        const auto imported = exchange::importKeras(goldenFile(file.toStdString()), spec.features);
        QVERIFY(imported.spec == spec);
        const auto io = readGolden(model.toStdString() + "_io");
        auto network = testModule().open(imported.spec, imported.weights, {"cpu", 2});
        const auto probability = network->predict(goldenBatch(io, spec), {}).get();
        const double difference = largestDifference(probability, glacierChannel(io.at("outputs/output")));
        qInfo("probabilities within %.2g", difference);
        QVERIFY(difference <= 2e-5);
    }

    void whatGoesBackHasTheStructureAndNumbersOfKerasOwnFile_data() { addModels(); }
    void whatGoesBackHasTheStructureAndNumbersOfKerasOwnFile() {
        QFETCH(QString, file);
        if (file == "tiny_loc_weights_second_model") {
            return; // its names are of another process; that its numbers are the same is tested elsewhere
        }
        const auto keras = goldenFile(file.toStdString());
        const auto imported = exchange::importKeras(keras, {});
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / "written.h5";
        exchange::exportKeras(imported.spec, imported.weights, path);

        const auto golden = sharedFile(("golden/" + file.toStdString() + ".h5").c_str());
        QVERIFY(structureOf(path) == structureOf(golden));
        QVERIFY(readHdf5Arrays(path) == readHdf5Arrays(golden));
        const auto again = exchange::readKerasFile(path, realReader());
        QCOMPARE(again.version, keras.version);
        QCOMPARE(again.layers.size(), keras.layers.size());
        for (std::size_t i = 0; i < keras.layers.size(); ++i) {
            QCOMPARE(again.layers[i].name, keras.layers[i].name);
        }
        QVERIFY(exchange::importKeras(again, {}).weights == imported.weights);
    }
};

QTEST_GUILESS_MAIN(KerasGoldenTest)
#include "keras_golden_test.moc"
