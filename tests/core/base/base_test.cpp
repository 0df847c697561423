// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/image.h"
#include "base/install_paths.h"
#include "base/progress.h"

#include <QtTest>

#include <vector>

using namespace nunatak;

class BaseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPartOfProgressReportsItsShareOfTheWhole() {
        std::vector<double> fractions;
        const Progress whole([&](double fraction, std::string_view) { fractions.push_back(fraction); }, {});
        const auto secondHalf = whole.part(0.5, 1);
        secondHalf.report(0);
        secondHalf.part(0.5, 1).report(0.5);
        secondHalf.report(7);
        QCOMPARE(fractions, (std::vector<double>{0.5, 0.875, 1}));
    }

    void reportingThrowsOnceTheWorkShallStop() {
        std::stop_source stop;
        const Progress progress({}, stop.get_token());
        progress.report(0.1);
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(progress.report(0.2), Cancelled);
        QVERIFY_EXCEPTION_THROWN(progress.part(0, 0.5).throwIfStopped(), Error);
    }

    void nobodyNeedsToListen() {
        Progress().report(0.5, "Working");
        QVERIFY(!Progress().stopToken().stop_possible());
    }

    void anImageKeepsItsBandsOneAfterTheOther() {
        Image<int> image(2, 3, 4, 7);
        image.at(1, 2, 3) = 9;
        QCOMPARE(image.bandSize(), std::size_t(12));
        QCOMPARE(image.values().back(), 9);
        QCOMPARE(image.band(1)[0], 7);
        QCOMPARE(image.row(1, 2)[3], 9);
    }

    void theEnvironmentNamesAnotherModuleAndAnotherFolderOfModels() {
        qputenv("NUNATAK_MODELS_MODULE", "/elsewhere/module.so");
        qputenv("NUNATAK_USER_MODELS", "/elsewhere/models");
        const auto paths = installPaths();
        qunsetenv("NUNATAK_MODELS_MODULE");
        qunsetenv("NUNATAK_USER_MODELS");
        QCOMPARE(paths.modelsModule.string(), std::string("/elsewhere/module.so"));
        QCOMPARE(paths.userModels.string(), std::string("/elsewhere/models"));
        QCOMPARE(installPaths().modelsModule.filename().string(), std::string("nunatak_models.so"));
    }
};

QTEST_APPLESS_MAIN(BaseTest)
#include "base_test.moc"
