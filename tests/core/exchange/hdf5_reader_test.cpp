// SPDX-License-Identifier: GPL-3.0-or-later
// What happens when the reader of foreign HDF5 files, or the file, is not what it should be.
#include "base/error.h"
#include "exchange/keras_file.h"
#include "hdf5_fixtures.h"

#include <QProcess>
#include <QtTest>

#include <chrono>
#include <cstring>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

/// The bytes of records, as a reader would write them.
class Bytes {
public:
    Bytes() : m_bytes("NTKHDF51") {}
    Bytes& u32(std::uint32_t value) { return raw(&value, sizeof value); }
    Bytes& u64(std::uint64_t value) { return raw(&value, sizeof value); }
    Bytes& text(const std::string& value) {
        u32(static_cast<std::uint32_t>(value.size()));
        m_bytes += value;
        return *this;
    }
    Bytes& raw(const void* from, std::size_t count) {
        m_bytes.append(static_cast<const char*>(from), count);
        return *this;
    }
    const std::string& all() const { return m_bytes; }

private:
    std::string m_bytes;
};

constexpr std::uint32_t group = 1, array = 3, failure = 6, endOfFile = 7;

} // namespace

class Hdf5ReaderTest : public QObject {
    Q_OBJECT

private:
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

    std::string messageWith(const std::filesystem::path& reader, double seconds = 20) const {
        try {
            exchange::readKerasFile(path("weights.h5"), reader, {}, {seconds});
        } catch (const Error& error) {
            return error.what();
        }
        return "not refused";
    }

    /// A reader that writes these bytes and goes on as the shell is told.
    std::string messageAfter(const Bytes& bytes, const std::string& then = "exit 0") const {
        std::ofstream(path("answer"), std::ios::binary) << bytes.all();
        return messageWith(fakeReader(path(""), "cat '" + path("answer").string() + "'; " + then));
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void init() { std::ofstream(path("weights.h5")) << "not HDF5"; }

    void aFileThatIsNotHdf5IsRefusedWithItsName() {
        const auto message = messageWith(realReader());
        QVERIFY2(message.find("weights.h5 cannot be used: it is not an HDF5 file") != std::string::npos,
                 message.c_str());
    }

    void aMissingFileIsRefusedWithItsName() {
        std::filesystem::remove(path("weights.h5"));
        const auto message = messageWith(realReader());
        QVERIFY2(message.find("weights.h5 cannot be used: there is no such file") != std::string::npos,
                 message.c_str());
    }

    void anHdf5FileThatKerasDidNotWriteIsRefused() {
        { Hdf5Maker(path("weights.h5")).dataset("numbers", {3}, {1, 2, 3}); }
        const auto message = messageWith(realReader());
        QVERIFY2(message.find("no attribute layer_names") != std::string::npos, message.c_str());
    }

    void aMissingReaderSaysThatTheInstallationIsNotComplete() {
        const auto message = messageWith(path("nowhere"));
        QVERIFY2(message.find("installation of the program is not complete") != std::string::npos,
                 message.c_str());
    }

    void aReaderThatCrashesIsOneErrorThatNamesTheFile() {
        const auto message = messageWith(fakeReader(path(""), "kill -SEGV $$"));
        QVERIFY2(message.find("weights.h5") != std::string::npos &&
                     message.find("it crashed (signal 11)") != std::string::npos,
                 message.c_str());
    }

    void aReaderThatIsSilentIsGivenUp() {
        const auto start = std::chrono::steady_clock::now();
        const auto message = messageWith(fakeReader(path(""), "exec sleep 60"), 0.2);
        QVERIFY2(message.find("takes longer than 0.2 s") != std::string::npos, message.c_str());
        QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
    }

    void aReaderThatNeverEndsItsAnswerIsGivenUp() {
        const auto message = messageWith(fakeReader(path(""), "exec yes"));
        QVERIFY2(message.find("answered with nonsense") != std::string::npos, message.c_str());
    }

    void anAnswerThatEndsEarlyIsRefused() {
        Bytes bytes;
        bytes.u32(group).text("layer").u32(array).text("kernel").u32(1).u64(100).u32(100);
        const auto message = messageAfter(bytes);
        QVERIFY2(message.find("ended on it before the end") != std::string::npos, message.c_str());
    }

    void aSizeThatIsALieAllocatesNothing_data() {
        QTest::addColumn<quint64>("first");
        QTest::addColumn<quint64>("second");
        QTest::newRow("huge") << quint64(1) << (quint64(1) << 60);
        QTest::newRow("wraps round") << (quint64(1) << 32) << (quint64(1) << 32);
        QTest::newRow("hidden behind nothing") << quint64(0) << (quint64(1) << 60);
        QTest::newRow("more than any network has") << quint64(1) << ((quint64(1) << 28) + 1);
    }
    void aSizeThatIsALieAllocatesNothing() {
        QFETCH(quint64, first);
        QFETCH(quint64, second);
        Bytes bytes;
        bytes.u32(group).text("layer").u32(array).text("kernel").u32(2).u64(first).u64(second);
        const auto message = messageAfter(bytes);
        QVERIFY2(message.find("kernel is larger than any") != std::string::npos, message.c_str());
    }

    void nonsenseIsRefused_data() {
        QTest::addColumn<QByteArray>("answer");
        auto row = [](const char* name, const Bytes& bytes) {
            QTest::newRow(name) << QByteArray(bytes.all().data(), static_cast<qsizetype>(bytes.all().size()));
        };
        row("unknown record", Bytes().u32(77).text(""));
        row("name without end", Bytes().u32(group).u32(0xffffffff));
        row("rank", Bytes().u32(group).text("a").u32(array).text("b").u32(1000));
        row("failure without end", Bytes().u32(failure).text("").u32(1 << 30));
        const float values[2] = {1, 2};
        row("more values than the shape",
            Bytes().u32(group).text("a").u32(array).text("b").u32(1).u64(1).u32(2).raw(values,
                                                                                       sizeof values));
    }
    void nonsenseIsRefused() {
        QFETCH(QByteArray, answer);
        std::ofstream(path("answer"), std::ios::binary).write(answer.data(), answer.size());
        const auto message =
            messageWith(fakeReader(path(""), "cat '" + path("answer").string() + "'; exec sleep 60"));
        QVERIFY2(message.find("answered with nonsense") != std::string::npos, message.c_str());
    }

    void whatTheReaderSaysIsPassedOn() {
        const auto message = messageAfter(Bytes().u32(failure).text("").text("the moon is full"));
        QVERIFY2(message.find("cannot be used: the moon is full.") != std::string::npos, message.c_str());
    }

    void controlCharactersNeverReachTheTerminal() {
        const auto message = messageAfter(Bytes().u32(failure).text("").text("\x1b[31mred"));
        QVERIFY2(message.find('\x1b') == std::string::npos && message.find("no text") != std::string::npos,
                 message.c_str());
    }

    void anArrayThatIsNotFiniteIsNamed() {
        const float value = std::numeric_limits<float>::quiet_NaN();
        Bytes bytes;
        bytes.u32(group).text("layer").u32(array).text("kernel:0").u32(1).u64(1).u32(1).raw(&value, 4);
        const auto message = messageAfter(bytes);
        QVERIFY2(message.find("the array kernel:0 holds a value that is infinite") != std::string::npos,
                 message.c_str());
    }

    void anEmptyAnswerWithoutAFaultIsAnEmptyFile() {
        std::ofstream(path("answer"), std::ios::binary) << Bytes().u32(endOfFile).text("").all();
        const auto reader = fakeReader(path(""), "cat '" + path("answer").string() + "'");
        QVERIFY(exchange::readKerasFile(path("weights.h5"), reader).layers.empty());
    }

    void weightsWithNumbersForNamesAreCalledWhatTheyAre_data() {
        QTest::addColumn<QString>("array");
        QTest::newRow("Keras 3") << "layers/conv2d/vars/0";
        QTest::newRow("Keras 3, a network in a network") << "layers/functional/layers/dense/vars/0";
        QTest::newRow("Keras 2.12") << "_layer_checkpoint_dependencies/conv2d/vars/0";
    }
    void weightsWithNumbersForNamesAreCalledWhatTheyAre() {
        QFETCH(QString, array);
        {
            Hdf5Maker made(path("weights.h5"));
            made.dataset(array.toStdString(), {2, 2}, {1, 2, 3, 4});
        }
        const auto message = messageWith(realReader());
        for (const char* part :
             {"weights.h5", "Keras 3", "2.12", ".weights.h5", "NAME_weights.h5", "docs/models.md"}) {
            QVERIFY2(message.find(part) != std::string::npos, message.c_str());
        }
    }

    void otherFormatsOfWeightsAreCalledWhatTheyAre_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("what");
        const QByteArray zip("PK\x03\x04");
        QTest::newRow("keras") << zip + "..." + "model.weights.h5"
                               << ".keras archive";
        QTest::newRow("torch") << zip + "..." + "archive/data.pkl"
                               << "PyTorch";
        QTest::newRow("numpy") << zip + "..." + "arr_0.npy"
                               << "NumPy";
        QTest::newRow("zip") << zip + "..." + "readme.txt"
                             << "ZIP archive";
        QTest::newRow("pickle") << QByteArray("\x80\x04\x95") << "pickle";
        QTest::newRow("shards") << QByteArray("{\"weight_map\": {}}") << "only lists the files";
    }
    void otherFormatsOfWeightsAreCalledWhatTheyAre() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, what);
        std::ofstream(path("weights.h5"), std::ios::binary) << bytes.toStdString();
        const auto message = messageWith("/bin/false"); // no reader is needed to say so
        QVERIFY2(message.find(what.toStdString()) != std::string::npos &&
                     message.find("weights.h5") != std::string::npos,
                 message.c_str());
    }

    void checkpointsAndFoldersAreCalledWhatTheyAre() {
        std::filesystem::remove(path("weights.h5"));
        std::ofstream(path("weights.h5.index")) << "a checkpoint's index";
        QVERIFY(messageWith("/bin/false").find("checkpoint of TensorFlow") != std::string::npos);
        std::filesystem::remove(path("weights.h5.index"));
        std::filesystem::create_directory(path("weights.h5"));
        QVERIFY(messageWith("/bin/false").find("is a folder") != std::string::npos);
        std::ofstream(path("weights.h5") / "saved_model.pb") << "a model";
        QVERIFY(messageWith("/bin/false").find("SavedModel of TensorFlow") != std::string::npos);
        std::filesystem::remove_all(path("weights.h5"));
    }

    void listsOfNamesMayBeFixedOrCutInPieces() {
        {
            Hdf5Maker maker(path("weights.h5"));
            maker.dataset("a/dense/kernel:0", {2, 1}, {1, 2});
            maker.dataset("a/dense/bias:0", {1}, {3});
            maker.group("empty");
            maker.emptyNumbers("empty", "weight_names");
            maker.texts("a", "weight_names0", {"dense/kernel:0"});
            maker.texts("a", "weight_names1", {"dense/bias:0"});
            const hid_t fixed = H5Tcopy(H5T_C_S1);
            H5Tset_size(fixed, 6);
            H5Tset_strpad(fixed, H5T_STR_NULLPAD);
            const hsize_t count = 2;
            const hid_t space = H5Screate_simple(1, &count, nullptr);
            const hid_t names =
                H5Acreate2(maker.file(), "layer_names", fixed, space, H5P_DEFAULT, H5P_DEFAULT);
            const char values[13] = "empty\0a\0\0\0\0\0";
            H5Awrite(names, fixed, values);
            H5Aclose(names);
            H5Sclose(space);
            H5Tclose(fixed);
        }
        const auto keras = exchange::readKerasFile(path("weights.h5"), realReader());
        QCOMPARE(keras.layers.size(), std::size_t(2));
        QCOMPARE(keras.layers[0].name, std::string("empty"));
        QVERIFY(keras.layers[0].arrays.empty());
        QCOMPARE(keras.layers[1].arrays.size(), std::size_t(2));
        QCOMPARE(keras.layers[1].arrays[1].name, std::string("dense/bias:0"));
        QVERIFY(keras.layers[1].arrays[0].tensor == (models::Tensor{{2, 1}, {1, 2}}));
    }

    void theReaderLimitsItselfBeforeItReads() {
        {
            // More than fits a pipe that nobody reads, so that the reader is there to be looked at.
            Hdf5Maker maker(path("weights.h5"));
            maker.dataset("a/kernel:0", {1 << 20}, std::vector<float>(1 << 20, 1.0f));
            maker.texts("/", "layer_names", {"a"});
            maker.texts("a", "weight_names", {"kernel:0"});
        }
        QProcess process;
        process.start(QString::fromStdString(realReader().string()),
                      {"weights", QString::fromStdString(path("weights.h5").string())});
        QVERIFY(process.waitForStarted());
        auto limits = [&] {
            QFile file(QString("/proc/%1/limits").arg(process.processId()));
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).simplified()
                                                  : QString();
        };
        // Not QTRY_VERIFY, whose event loop would read the pipe.
        for (int i = 0; i < 500 && !limits().contains("Max open files 0 0"); ++i) {
            QTest::qSleep(10);
        }
        QVERIFY2(limits().contains("Max open files 0 0"), qPrintable(limits()));
        QVERIFY2(limits().contains("Max address space 1073741824 1073741824"), qPrintable(limits()));
        QVERIFY2(limits().contains("Max core file size 0 0"), qPrintable(limits()));
        QVERIFY2(limits().contains("Max file size 0 0"), qPrintable(limits()));
        QVERIFY2(limits().contains("Max cpu time 60 "), qPrintable(limits()));
        process.kill();
        process.waitForFinished();
    }

    void theWeightsOfAWholeSavedModelAreFound() {
        {
            Hdf5Maker maker(path("weights.h5"));
            maker.dataset("model_weights/a/kernel:0", {1}, {5});
            maker.texts("model_weights", "layer_names", {"a"});
            maker.texts("model_weights/a", "weight_names", {"kernel:0"});
        }
        const auto keras = exchange::readKerasFile(path("weights.h5"), realReader());
        QCOMPARE(keras.layers.at(0).arrays.at(0).tensor.values.at(0), 5.0f);
    }
};

QTEST_GUILESS_MAIN(Hdf5ReaderTest)
#include "hdf5_reader_test.moc"
