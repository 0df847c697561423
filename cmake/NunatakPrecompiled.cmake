# Other people's headers, parsed once for each kind of code instead of once for each file: more than half of what
# compiling costs. On in the builds that the scripts in packaging/ make, for users and for CI. Off in the presets, for
# whoever changes the code: there each file must include what it uses, and ccache finds what another checkout compiled.
option(NUNATAK_PRECOMPILED "Parse the headers of the standard library and of Qt once for all files" OFF)

set(NUNATAK_HEADERS_standard
    <algorithm> <array> <cctype> <chrono> <cmath> <cstdint> <filesystem> <functional> <limits> <map> <memory>
    <mutex> <numbers> <optional> <set> <span> <sstream> <string> <string_view> <unordered_map> <utility> <vector>)
set(NUNATAK_HEADERS_qt
    ${NUNATAK_HEADERS_standard}
    <QAction> <QBoxLayout> <QComboBox> <QCoreApplication> <QDialog> <QDockWidget> <QFormLayout> <QHash> <QIcon> <QImage>
    <QJsonObject> <QLabel> <QList> <QLocale> <QMainWindow> <QMap> <QMenu> <QMouseEvent> <QObject> <QPainter> <QPointer>
    <QPushButton> <QSettings> <QString> <QStringList> <QTableView> <QToolButton> <QVBoxLayout> <QVariant> <QWidget>)
set(NUNATAK_HEADERS_osg
    ${NUNATAK_HEADERS_qt} <QOpenGLWidget>
    <osg/BlendFunc> <osg/Depth> <osg/Geometry> <osg/Group> <osg/Image> <osg/Program> <osg/StateSet> <osg/Texture2D>
    <osg/Uniform> <osg/Viewport>)
set(NUNATAK_HEADERS_test
    ${NUNATAK_HEADERS_standard} <atomic> <cstdio> <cstdlib> <fstream> <random> <thread> <QtCore>)
set(NUNATAK_HEADERS_window_test
    ${NUNATAK_HEADERS_test}
    <QAction> <QApplication> <QComboBox> <QDialogButtonBox> <QDockWidget> <QImage> <QLabel> <QLineEdit> <QListWidget>
    <QMainWindow> <QMenu> <QMouseEvent> <QPushButton> <QSettings> <QSlider> <QStatusBar> <QTimer>
    <QToolButton> <QTreeWidget>)
set(NUNATAK_HEADERS_cli ${NUNATAK_HEADERS_standard} <CLI/CLI.hpp> <fmt/format.h>)

# nunatak_precompile(TARGET KIND): standard and qt are parsed once for all their targets, the others for one.
function(nunatak_precompile target kind)
    if(NOT NUNATAK_PRECOMPILED)
        return()
    endif()
    nunatak_leave_library_alone(${target})
    if(kind STREQUAL "osg" OR kind STREQUAL "cli")
        target_precompile_headers(${target} PRIVATE ${NUNATAK_HEADERS_${kind}})
        return()
    endif()
    nunatak_precompiled_library(nunatak_headers_${kind} ${kind})
    target_precompile_headers(${target} REUSE_FROM nunatak_headers_${kind})
endfunction()

# nunatak_precompile_test(TARGET): what the tests share; those that need a display have widgets in it.
function(nunatak_precompile_test target labels)
    if(NOT NUNATAK_PRECOMPILED)
        return()
    endif()
    if(labels MATCHES "display")
        set(kind window_test)
    else()
        set(kind test)
    endif()
    nunatak_precompiled_library(nunatak_headers_${kind} ${kind})
    nunatak_leave_library_alone(${target})
    target_precompile_headers(${target} REUSE_FROM nunatak_headers_${kind})
endfunction()

# What GCC 12's optimizer suspects in the standard library it takes for ours once that is parsed beforehand: the first
# are wrong often, the others are no errors. The presets still ask.
function(nunatak_leave_library_alone target)
    foreach(doubt array-bounds maybe-uninitialized restrict stringop-overflow stringop-overread)
        target_compile_options(${target} PRIVATE -Wno-${doubt})
    endforeach()
    foreach(doubt dangling-pointer free-nonheap-object mismatched-new-delete nonnull stringop-truncation use-after-free)
        target_compile_options(${target} PRIVATE -Wno-error=${doubt})
    endforeach()
endfunction()

# The library NAME that is nothing but the parsed headers of a KIND, with the options of those that take them.
function(nunatak_precompiled_library name kind)
    if(TARGET ${name})
        return()
    endif()
    file(WRITE ${CMAKE_BINARY_DIR}/headers_${kind}.cpp "")
    add_library(${name} STATIC ${CMAKE_BINARY_DIR}/headers_${kind}.cpp)
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    target_link_libraries(${name} PRIVATE nunatak_flags Threads::Threads)
    if(kind STREQUAL "qt" OR kind STREQUAL "window_test")
        target_link_libraries(${name} PRIVATE Qt6::Widgets)
    endif()
    if(kind MATCHES "test")
        target_link_libraries(${name} PRIVATE Qt6::Core)
        target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
        target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    endif()
    target_precompile_headers(${name} PRIVATE ${NUNATAK_HEADERS_${kind}})
endfunction()
