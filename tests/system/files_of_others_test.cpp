// SPDX-License-Identifier: GPL-3.0-or-later
// The programs replace and remove only what they made; what they say can be printed and was written.
#include "system/programs.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <unistd.h>

using namespace nunatak::tests;

namespace {

void writeFile(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(content), qint64(content.size()));
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class FilesOfOthersTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString scene() const { return path("scene/scene.json"); }
    QString project() const { return path("good.gpkg"); }

    static void verifyRefused(const Finished& result, const QString& word) {
        QVERIFY2(result.exitCode == 1, result.explanation());
        const auto message = result.err.trimmed().split('\n').last();
        QVERIFY2(message.startsWith("nunatak-cli: ") && message.contains(word), result.explanation());
        QVERIFY2(!message.contains("unforeseen"), result.explanation());
    }
    /// Runs a shell line in which $cli is the program.
    static int shell(const QString& line) {
        QProcess process;
        process.start("sh", {"-c", "cli=" NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli; " + line});
        return process.waitForFinished(300'000) && process.exitStatus() == QProcess::NormalExit
                   ? process.exitCode()
                   : -1;
    }

private Q_SLOTS:
    void initTestCase() {
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("scene"), "--seed", "5", "--size", "128", "128"}));
        VERIFY_SUCCEEDED(cli({"project", "create", project(), "--scene", scene()}));
        VERIFY_SUCCEEDED(
            cli({"import", project(), "--outlines", path("scene/outlines.gpkg"), "--layer", "expert"}));
    }

    void everyCommandKeepsFilesOfTheUser_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("file");
        const auto row = [](const char* name, const QStringList& arguments, const QString& file) {
            QTest::newRow(name) << arguments << file;
        };
        row("simulate", {"simulate", "--seed", "5", "--size", "64", "64", "--out", "."}, "optical.tif");
        row("simulate's outlines", {"simulate", "--seed", "5", "--size", "64", "64", "--out", "."},
            "outlines.gpkg");
        row("predict", {"predict", "--scene", "S", "--out", "."}, "outlines.gpkg");
        row("predict's rasters", {"predict", "--scene", "S", "--out", "."}, "quality.tif");
        row("band-ratio", {"band-ratio", "--scene", "S", "--out", "."}, "ratio.tif");
        row("band-ratio's outlines", {"band-ratio", "--scene", "S", "--out", "."}, "outlines.gpkg");
        row("scene open", {"scene", "open", "O", "--out", "mine.json"}, "mine.json");
        row("export", {"export", "P", "--layer", "expert", "--out", "mine.geojson"}, "mine.geojson");
        row("a part of a Shapefile", {"export", "P", "--layer", "expert", "--out", "mine.shp"}, "mine.dbf");
        row("export-keras", {"model", "export-keras", "starter", "--out", "mine_weights.h5"},
            "mine_weights.h5");
        row("rank", {"scene", "rank", "S", "--outlines", "L", "--csv", "mine.csv"}, "mine.csv");
    }
    void everyCommandKeepsFilesOfTheUser() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, file);
        const QTemporaryDir mine;
        arguments.replaceInStrings(QRegularExpression("^S$"), scene());
        arguments.replaceInStrings(QRegularExpression("^P$"), project());
        arguments.replaceInStrings(QRegularExpression("^O$"), path("scene/optical.tif"));
        arguments.replaceInStrings(QRegularExpression("^L$"), path("scene/outlines.gpkg"));
        arguments.replaceInStrings(QRegularExpression("^(\\.|mine.*)$"), mine.path() + "/\\1");
        writeFile(mine.filePath(file), "made by hand");
        verifyRefused(cli(arguments), file);
        QCOMPARE(contentOf(mine.filePath(file)), QByteArray("made by hand"));
        QCOMPARE(QDir(mine.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{file});
        VERIFY_SUCCEEDED(cli(arguments + QStringList{"--overwrite"}));
        QVERIFY(contentOf(mine.filePath(file)) != "made by hand");
        VERIFY_SUCCEEDED(cli(arguments)); // its own now
    }

    void resultsOfOneCommandAreNotAnothersToReplace() {
        const auto truth = contentOf(path("scene/outlines.gpkg"));
        verifyRefused(cli({"predict", "--scene", scene(), "--out", path("scene")}), "outlines.gpkg");
        verifyRefused(cli({"export", project(), "--layer", "expert", "--out", path("scene/outlines.gpkg")}),
                      "outlines.gpkg");
        QCOMPARE(contentOf(path("scene/outlines.gpkg")), truth);
    }

    void whatWasReadIsNotReplacedEvenWhenAskedTo() {
        const auto before = contentOf(path("scene/optical.tif"));
        const auto elevation = path("scene/elevation.tif");
        QVERIFY(QFile::link(path("scene/optical.tif"), path("linked.json")));
        QCOMPARE(::link(qPrintable(path("scene/optical.tif")), qPrintable(path("hard.json"))), 0);
        for (const auto& out : {path("scene/optical.tif"), path("linked.json"), path("hard.json")}) {
            verifyRefused(
                cli({"scene", "open", path("scene/optical.tif"), elevation, "--out", out, "--overwrite"}),
                "just read");
        }
        verifyRefused(
            cli({"scene", "open", path("scene/optical.tif"), elevation, "--out", project(), "--overwrite"}),
            "project");
        QCOMPARE(contentOf(path("scene/optical.tif")), before);
    }

    void aFolderCalledRunStays() {
        QDir().mkpath(path("results/run"));
        writeFile(path("results/run/notes.txt"), "field notes");
        verifyRefused(cli({"predict", "--scene", scene(), "--out", path("results")}), "notes.txt");
        QCOMPARE(contentOf(path("results/run/notes.txt")), QByteArray("field notes"));
    }

    void aLockFileThatIsSomethingElseIsKept() {
        writeFile(path("diary.txt"), "dear diary");
        QVERIFY(QFile::link(path("diary.txt"), path("good.gpkg.lock")));
        verifyRefused(cli({"project", "add", project(), "--scene", scene()}), "good.gpkg.lock");
        QCOMPARE(contentOf(path("diary.txt")), QByteArray("dear diary"));
        QVERIFY(QFile::remove(path("good.gpkg.lock")));
        writeFile(path("good.gpkg.lock"), "dear diary");
        verifyRefused(cli({"project", "add", project(), "--scene", scene()}), "good.gpkg.lock");
        QCOMPARE(contentOf(path("good.gpkg.lock")), QByteArray("dear diary"));
        QVERIFY(QFile::remove(path("good.gpkg.lock")));
    }

    void resultsThatCouldNotBeWrittenAreAFailure_data() {
        QTest::addColumn<QString>("command");
        QTest::newRow("json") << QString("project info %1 --json").arg(project());
        QTest::newRow("text") << QString("project info %1").arg(project());
        QTest::newRow("models") << QString("model list --json");
        QTest::newRow("a comparison") << QString("compare %1 --model expert --expert expert").arg(project());
        QTest::newRow("help") << QString("--help");
    }
    void resultsThatCouldNotBeWrittenAreAFailure() {
        if (::access("/dev/full", W_OK) != 0) {
            QSKIP("there is no /dev/full");
        }
        QFETCH(QString, command);
        QCOMPARE(shell("$cli " + command + " >/dev/full 2>" + path("log.txt")), 1);
        const auto log = QString::fromUtf8(contentOf(path("log.txt")));
        QVERIFY2(log.contains("could not be written") && !log.contains("unforeseen"), qPrintable(log));
    }

    void aReaderThatHasEnoughEndsNothingWithASignal() {
        QCOMPARE(shell("{ $cli project info " + project() + " --json; echo $? >" + path("code.txt") +
                       "; } | true"),
                 0);
        QVERIFY(contentOf(path("code.txt")).trimmed().toInt() < 128);
        QCOMPARE(shell("$cli project info " + project() + " 2>&1 >&-"), 1); // closed from the beginning
    }

    void controlCharactersOfAFileDoNotReachTheTerminal() {
        auto json = QJsonDocument::fromJson(contentOf(scene())).object();
        json["name"] = QString("Al\x1b[2Jps\nLayer:   false");
        json["id"] = "another";
        json["notes"] = QJsonArray{QString("title \x1b]0;x\x07 set")};
        writeFile(path("scene/odd.json"), QJsonDocument(json).toJson());
        VERIFY_SUCCEEDED(cli({"project", "create", path("odd.gpkg"), "--scene", path("scene/odd.json")}));
        for (const auto& arguments : {QStringList{"project", "info", path("odd.gpkg")},
                                      QStringList{"predict", path("odd.gpkg"), "--scene", "none"},
                                      QStringList{"project", "info", path("odd.gpkg"), "--json"}}) {
            const auto said = cli(arguments);
            QVERIFY2(!(said.out + said.err).contains('\x1b'), said.explanation());
            QVERIFY2(!said.out.contains("\nLayer:   false"), said.explanation());
        }
        QVERIFY(cli({"project", "info", path("odd.gpkg"), "--json"}).json().contains("scenes"));
    }

    void namesThatAreTooLongGetASentence() {
        const QString name(300, 'n');
        verifyRefused(cli({"export", project(), "--layer", "expert", "--out", path(name + ".gpkg")}),
                      "too long");
        verifyRefused(cli({"scene", "open", path("scene/optical.tif"), "--out", path(name)}), "too long");
        verifyRefused(cli({"predict", "--scene", path(name), "--out", path("r")}), name);
        verifyRefused(cli({"project", "create", path(name), "--scene", scene()}), name);
        verifyRefused(cli({"import", project(), "--outlines", path(name), "--layer", "x"}), name);
        verifyRefused(cli({"simulate", "--out", path(name), "--seed", "1", "--size", "64", "64"}), name);
    }
};

QTEST_GUILESS_MAIN(FilesOfOthersTest)
#include "files_of_others_test.moc"
