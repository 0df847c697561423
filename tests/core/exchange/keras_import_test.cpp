// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "hdf5_fixtures.h"
#include "keras_fixtures.h"
#include "models/weight_layout.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::tests;
using exchange::importKeras;
using exchange::KerasFile;

namespace {

std::string refusal(const KerasFile& keras, const std::vector<std::string>& features = {}) {
    try {
        importKeras(keras, exchange::featuresFrom(features));
    } catch (const Error& error) {
        return error.what();
    }
    return "not refused";
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

#define COMPARE_REFUSAL(part, ...)                                                                           \
    do {                                                                                                     \
        const std::string message = refusal(__VA_ARGS__);                                                    \
        QVERIFY2(message.find(part) != std::string::npos, message.c_str());                                  \
    } while (false)

class KerasImportTest : public QObject {
    Q_OBJECT

private:
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

    KerasFile fileWith(int location = 0) const {
        const auto spec = smallGlavitu(location);
        return kerasFileOf(spec, models::initialWeights(spec, 7));
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void onlyNamesThatKerasLoadsAreWritten() {
        const auto spec = smallGlavitu();
        const auto weights = models::initialWeights(spec, 7);
        for (const char* name :
             {"mine.weights.h5", ".weights.h5", "mine.keras", "mine", "mine.H5", "mine.h5.gz"}) {
            QVERIFY_EXCEPTION_THROWN(exchange::exportKeras(spec, weights, path(name)), Error);
            QVERIFY(!std::filesystem::exists(path(name)));
        }
        try {
            exchange::throwUnlessKerasName("folder/mine.weights.h5");
            QFAIL("a name that means another layout was taken");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("call it mine_weights.h5") != std::string::npos);
        }
        for (const char* name : {"mine_weights.h5", "weights.h5", "mine.hdf5", "mine.Weights.h5"}) {
            exchange::exportKeras(spec, weights, path(name));
            QVERIFY(std::filesystem::exists(path(name)));
        }
    }

    void everySizeIsReadOffTheShapes_data() {
        QTest::addColumn<int>("location");
        QTest::addColumn<bool>("deepSupervision");
        QTest::newRow("no location") << 0 << true;
        QTest::newRow("regions") << 12 << true;
        QTest::newRow("coordinates") << 4 << true;
        QTest::newRow("no deep supervision") << 0 << false;
    }
    void everySizeIsReadOffTheShapes() {
        QFETCH(int, location);
        QFETCH(bool, deepSupervision);
        auto spec = smallGlavitu(location);
        spec.deepSupervision = deepSupervision;
        const auto weights = models::initialWeights(spec, 7);
        const auto imported = importKeras(kerasFileOf(spec, weights), spec.features);
        QVERIFY(imported.spec == spec);
        QVERIFY(imported.weights == weights);
    }

    void weightsComeBackFromAFileBitByBit() {
        const auto spec = smallGlavitu(12);
        const auto weights = models::initialWeights(spec, 3);
        exchange::exportKeras(spec, weights, path("weights.h5"));
        const auto keras = exchange::readKerasFile(path("weights.h5"), realReader());
        QCOMPARE(keras.version, std::string("2.12.0"));
        const auto imported = importKeras(keras, spec.features);
        QVERIFY(imported.spec == spec);
        QVERIFY(imported.weights == weights);
        exchange::exportKeras(imported.spec, imported.weights, path("again.h5"));
        QVERIFY(contents(path("weights.h5")) == contents(path("again.h5")));
    }

    void withoutAListOfFeaturesTheFilesInputsName() {
        const auto spec = smallGlavitu();
        QVERIFY(importKeras(fileWith(), {}).spec.features == spec.features);
    }

    void bandsOfAnotherSensorAreNamedByTheUser() {
        auto spec = smallGlavitu();
        spec.features = exchange::featuresFrom({"optical=blue,green,red,nir", "dem"});
        const auto weights = models::initialWeights(spec, 7);
        QVERIFY(importKeras(kerasFileOf(spec, weights), spec.features).weights == weights);
        COMPARE_REFUSAL("2 inputs with 4, 2 bands, and the features given are optical (6), dem (2)",
                        kerasFileOf(spec, weights), {"optical", "dem"});
    }

    void featuresInAnotherOrderAreRefused() {
        COMPARE_REFUSAL("the file's inputs are optical, dem, in_sar", fileWith(),
                        {"optical", "in_sar", "dem"});
    }

    void inputsThatKerasNumberedSayNothing() {
        auto keras = fileWith();
        for (std::size_t i = 0; i < 3; ++i) {
            keras.layers[i].name = "input_" + std::to_string(i + 1);
        }
        QVERIFY(importKeras(keras, smallGlavitu().features).spec == smallGlavitu());
        COMPARE_REFUSAL("There is no feature called \"input_1\"", keras);
    }

    void swappedDenseLayersOfTheFusionAreSeenByTheirNumbers() {
        auto keras = fileWith();
        auto& fusion = layerOf(keras, "fusion_block");
        for (const char* leaf : {"/kernel:0", "/bias:0"}) {
            std::swap(arrayOf(fusion, std::string("/dense_1") + leaf),
                      arrayOf(fusion, std::string("/dense_2") + leaf));
        }
        COMPARE_REFUSAL("the array fusion_block/dense_1/kernel:0 does not stand where its number belongs",
                        keras);
    }

    void branchesOfTheFusionInAnotherOrderAreSeenByTheirNumbers() {
        // Excitations of the second and third feature changed places.
        auto keras = fileWith();
        auto& fusion = layerOf(keras, "fusion_block");
        for (const char* leaf : {"/kernel:0", "/bias:0"}) {
            std::swap(arrayOf(fusion, std::string("/dense_3") + leaf),
                      arrayOf(fusion, std::string("/dense_5") + leaf));
        }
        COMPARE_REFUSAL("fusion_block/dense_5/kernel:0 does not stand where its number belongs", keras);
    }

    void swappedQueriesAndKeysAreSeenByTheirNames() {
        auto keras = fileWith();
        auto& transformer = layerOf(keras, "SETR");
        for (const char* leaf : {"/kernel:0", "/bias:0"}) {
            std::swap(arrayOf(transformer, std::string("multi_head_attention_1/query") + leaf),
                      arrayOf(transformer, std::string("multi_head_attention_1/key") + leaf));
        }
        COMPARE_REFUSAL("multi_head_attention_1/key/kernel:0 stands where the attention's query is needed",
                        keras);
    }

    void gammaInPlaceOfBetaIsSeenByItsName() {
        auto keras = fileWith();
        auto& transformer = layerOf(keras, "SETR");
        std::swap(arrayOf(transformer, "layer_normalization/gamma:0"),
                  arrayOf(transformer, "layer_normalization/beta:0"));
        COMPARE_REFUSAL("layer_normalization/beta:0 stands where the gamma of transformer/block1/norm1",
                        keras);
    }

    void statisticsOfAnotherNormalisationAreSeenByTheirCompany() {
        auto keras = fileWith();
        auto& fusion = layerOf(keras, "fusion_block");
        std::swap(arrayOf(fusion, "batch_normalization/moving_mean:0"),
                  arrayOf(fusion, "batch_normalization_1/moving_mean:0"));
        COMPARE_REFUSAL("is not of the same layer as the other weights of fusion/optical/norm1", keras);
    }

    void anArrayOfAnotherShapeIsNamedWithItsLayer() {
        auto keras = fileWith();
        auto& array = arrayOf(layerOf(keras, "ResUNet"), "up_conv/conv2d_13/kernel:0");
        array.tensor.shape[3] -= 1;
        array.tensor.values.resize(static_cast<std::size_t>(array.tensor.elements()));
        COMPARE_REFUSAL("in the layer ResUNet the array up_conv/conv2d_13/kernel:0 has the shape "
                        "(2, 2, 32, 15), where unet/decoder1/up/kernel needs (2, 2, 32, 16)",
                        keras);
    }

    void aLayerThatEndsEarlyOrGoesOnIsNamed() {
        auto keras = fileWith();
        layerOf(keras, "ResUNet").arrays.pop_back();
        COMPARE_REFUSAL("the layer ResUNet ends after 107 arrays", keras);
        COMPARE_REFUSAL("Cannot import weights.h5.", keras);
        keras = fileWith();
        layerOf(keras, "output").arrays.push_back({"output/extra:0", {{1}, {0}}});
        COMPARE_REFUSAL("the layer output has 3 arrays, 1 more", keras);
    }

    void anotherKindOfNetworkIsRefusedWithItsLayers() {
        KerasFile keras{"2.12.0", {{"block1_conv1", {{"block1_conv1/kernel:0", {{3, 3, 3, 64}, {}}}}}}, {}};
        COMPARE_REFUSAL("its layers with weights are block1_conv1", keras, {"optical"});
        COMPARE_REFUSAL("its layers with weights are none", KerasFile{}, {"optical"});
    }

    void positionsThatAreNoSquareAreRefused() {
        auto keras = fileWith();
        auto& positions = arrayOf(layerOf(keras, "SETR"), "positional_embedding:0");
        positions.tensor.shape[0] = 5;
        COMPARE_REFUSAL("is for 5 tokens, which are no square", keras);
    }

    void headsThatDoNotMakeUpTheEmbeddingAreRefused() {
        auto keras = fileWith();
        arrayOf(layerOf(keras, "SETR"), "multi_head_attention/query/kernel:0").tensor.shape = {8, 2, 3};
        COMPARE_REFUSAL("the heads and their keys do not make up the embedding of 8", keras);
    }

    void aNetworkWithoutACounterpartIsNotExported() {
        auto spec = smallGlavitu();
        spec.architecture = "resunet";
        spec.deepSupervision = false;
        const auto weights = models::initialWeights(spec, 1);
        QVERIFY_THROWS_EXCEPTION(Error, exchange::exportKeras(spec, weights, path("unet.h5")));
        QVERIFY(!std::filesystem::exists(path("unet.h5")));
    }

    void aFailedExportLeavesTheOldFile() {
        const auto spec = smallGlavitu();
        auto weights = models::initialWeights(spec, 1);
        exchange::exportKeras(spec, weights, path("kept.h5"));
        const auto before = contents(path("kept.h5"));
        weights.erase("heads/output/bias");
        QVERIFY_THROWS_EXCEPTION(Error, exchange::exportKeras(spec, weights, path("kept.h5")));
        QVERIFY(contents(path("kept.h5")) == before);
    }
};

QTEST_GUILESS_MAIN(KerasImportTest)
#include "keras_import_test.moc"
