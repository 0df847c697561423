// SPDX-License-Identifier: GPL-3.0-or-later
// `nunatak-cli model` from end to end, with the model that comes with the program.
#include "programs.h"

#include <QtTest>

using namespace nunatak::tests;

class ModelCommandTest : public QObject {
    Q_OBJECT

private:
    QString path(const char* name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase() { qputenv("NUNATAK_USER_MODELS", path("models").toLocal8Bit()); }

    void aModelGoesToKerasAndComesBackTheSame() {
        VERIFY_SUCCEEDED(cli({"model", "export-keras", "starter", "--out", path("starter.h5")}));
        VERIFY_SUCCEEDED(cli({"model", "import", path("starter.h5"), "--name", "back", "--features",
                              "optical", "dem", "--pixel-size", "30"}));
        VERIFY_SUCCEEDED(cli({"model", "export-keras", "back", "--out", path("back.h5")}));
        QFile first(path("starter.h5"));
        QFile second(path("back.h5"));
        QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
        QVERIFY(first.size() > 0 && first.readAll() == second.readAll());

        const auto starter = cli({"model", "show", "starter", "--json"}).json();
        const auto back = cli({"model", "show", "back", "--json"}).json();
        for (const char* size : {"tile", "filters", "embedding", "blocks", "heads", "mlp", "location"}) {
            QCOMPARE(back["network"][size].get<int>(), starter["network"][size].get<int>());
        }
        QCOMPARE(back["pixel_size"].get<double>(), 30.0);
        QVERIFY(back["required_features"] == nlohmann::json({"optical"}));
        QCOMPARE(back["scaling"]["optical"][0]["maximum"].get<double>(), 2.0468);
    }

    void aCalibrationComesInWithItsModel() {
        QFile json(path("calibration.json"));
        QVERIFY(json.open(QIODevice::WriteOnly));
        json.write(R"({"X_fit_": [[0], [1]], "dual_coef_": [0.5, 0.25], "gamma": null})");
        json.close();
        VERIFY_SUCCEEDED(cli({"model", "import", path("starter.h5"), "--name", "calibrated", "--calibration",
                              path("calibration.json"), "--calibration-inference", "tta"}));
        const auto calibrations = cli({"model", "show", "calibrated", "--json"}).json()["calibrations"];
        QCOMPARE(calibrations.size(), std::size_t(1));
        QCOMPARE(calibrations[0]["inference"].get<std::string>(), std::string("tta"));
        QVERIFY(calibrations[0]["coefficients"] == nlohmann::json({0.5, 0.25}));
    }

    void aModelIsNamedByAnyOfItsFilesToo() {
        const auto folder = cli({"model", "show", "starter", "--json"}).json()["folder"].get<std::string>();
        for (const char* file : {"", "/model.json", "/weights.safetensors"}) {
            VERIFY_SUCCEEDED(cli({"model", "show", QString::fromStdString(folder + file)}));
        }
        const auto refused = cli({"model", "show", m_folder.path()});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("is no model"), refused.explanation());
    }

    void whatKerasOrTheRegionsWouldNotKnowIsRefused() {
        const auto ending = cli({"model", "export-keras", "starter", "--out", path("starter.safetensors")});
        QCOMPARE(ending.exitCode, 1);
        QVERIFY(!QFile::exists(path("starter.safetensors")));
        const auto region =
            cli({"model", "import", path("starter.h5"), "--name", "regional", "--region", "Alps"});
        QCOMPARE(region.exitCode, 1);
        QVERIFY2(region.err.contains("ALP"), region.explanation());
    }

    void weightsThatDoNotFitAreRefusedWithTheReason() {
        const auto refused = cli(
            {"model", "import", path("starter.h5"), "--name", "wrong", "--features", "optical", "in_sar"});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("the file's inputs are optical, dem"), refused.explanation());
        const auto located =
            cli({"model", "import", path("starter.h5"), "--name", "wrong", "--location", "region"});
        QCOMPARE(located.exitCode, 1);
        QVERIFY2(located.err.contains("--location region contradicts"), located.explanation());
        QVERIFY(!cli({"model", "list"}).out.contains("wrong"));
    }

    void damagedWeightsAreFoundByVerifying() {
        VERIFY_SUCCEEDED(cli({"model", "verify"}));
        QFile weights(path("models/back/weights.safetensors"));
        QVERIFY(weights.open(QIODevice::ReadWrite));
        weights.seek(weights.size() - 2);
        weights.write("\x01");
        weights.close();
        const auto verified = cli({"model", "verify"});
        QCOMPARE(verified.exitCode, 1);
        QVERIFY2(verified.err.contains("models/back/weights.safetensors is not the one"),
                 verified.explanation());
        QVERIFY2(verified.out.contains("starter"), verified.explanation());
    }
};

QTEST_GUILESS_MAIN(ModelCommandTest)
#include "model_command_test.moc"
