// What is in a made-up release: the folders and files of a real one by name and kind, with contents of our own.
import type { MachineArch } from '../../../shared/model';
import { programBytes, seeded, sourceText, type SeededRandom } from './random';
import type { ZipEntry } from './zipWriter';

export interface ReleasePlan {
  /** "go1.27.0" */
  readonly version: string;
  readonly time: Date;
  /** `small` has some 250 files; `real` as many and as large ones as go1.27.0: 15,600 files, 247 MB. */
  readonly scale: 'small' | 'real';
  readonly seed: string;
}

/** What every archive of the version holds, the source archive among them. Names below `go/`, sorted. */
export function* commonFiles(plan: ReleasePlan): Generator<ZipEntry> {
  const random = seeded(`${plan.seed} ${plan.version} common`);
  for (const name of [...commonNames(plan.scale)].sort(byBytes)) {
    yield { name: `go/${name}`, content: contentOf(name, plan, random), mode: modeOf(name) };
  }
}

/** The common files and the programs for one processor. */
export function* windowsFiles(plan: ReleasePlan, arch: MachineArch): Generator<ZipEntry> {
  const random = seeded(`${plan.seed} ${plan.version} ${arch}`);
  const own = programs(arch).map(([name, size]): ZipEntry => {
    const length = plan.scale === 'real' ? size : Math.ceil(size / 256);
    const label = `${name.split('/').at(-1) ?? name} of ${plan.version} for windows/${arch}`;
    return { name: `go/${name}`, content: programBytes(random, label, length), mode: 0o755 };
  });
  // Merged in order of their names, as the real archives are.
  let next = 0;
  for (const file of commonFiles(plan)) {
    for (let one = own[next]; one !== undefined && byBytes(one.name, file.name) < 0;) {
      yield one;
      one = own[++next];
    }
    yield file;
  }
  yield* own.slice(next);
}

/** Sizes in bytes as go1.27.0's are, rounded. */
function programs(arch: MachineArch): readonly (readonly [name: string, size: number])[] {
  const tools = `pkg/tool/windows_${arch}`;
  return [
    ['bin/go.exe', 17_508_000],
    ['bin/gofmt.exe', 3_392_000],
    [`${tools}/asm.exe`, 5_705_000],
    [`${tools}/cgo.exe`, 4_712_000],
    [`${tools}/compile.exe`, 28_696_000],
    [`${tools}/cover.exe`, 6_054_000],
    [`${tools}/fix.exe`, 9_831_000],
    [`${tools}/link.exe`, 7_582_000],
    [`${tools}/preprofile.exe`, 2_622_000],
    [`${tools}/vet.exe`, 9_544_000],
  ];
}

const packages = [
  'archive/tar',
  'archive/zip',
  'bufio',
  'bytes',
  'cmd/compile',
  'cmd/compile/internal/ssa',
  'cmd/go',
  'cmd/go/internal/modfetch',
  'cmd/link',
  'cmd/link/internal/ld',
  'compress/flate',
  'crypto/sha256',
  'crypto/tls',
  'encoding/json',
  'errors',
  'fmt',
  'go/ast',
  'go/types',
  'internal/abi',
  'io',
  'math/big',
  'net',
  'net/http',
  'os',
  'os/exec',
  'path/filepath',
  'reflect',
  'regexp',
  'runtime',
  'sort',
  'strconv',
  'strings',
  'sync',
  'syscall',
  'testing',
  'text/template',
  'time',
  'unicode/utf8',
] as const;

const fixed = [
  'CONTRIBUTING.md',
  'LICENSE',
  'PATENTS',
  'README.md',
  'SECURITY.md',
  'VERSION',
  'codereview.cfg',
  'go.env',
  'api/README',
  'api/go1.txt',
  'api/next/README',
  'doc/godebug.md',
  'doc/README.md',
  'lib/time/README',
  'lib/time/update.bash',
  'misc/editors',
  'misc/wasm/README',
  'pkg/include/funcdata.h',
  'pkg/include/textflag.h',
  'src/README.vendor',
  'src/all.bash',
  'src/go.mod',
  'src/go.sum',
  'src/cmd/go.mod',
  'src/cmd/go.sum',
  'src/cmd/go/testdata/mod/example/go.mod',
  'src/cmd/go/testdata/script/mod_download.txt',
  'src/crypto/internal/go.mod',
  'src/make.bat',
  'src/unicode/utf8/testdata/fuzz/corpus',
  'test/README.md',
  'test/fixedbugs/bug001.go',
  'test/helloworld.go',
] as const;

function* commonNames(scale: ReleasePlan['scale']): Generator<string> {
  yield* fixed;
  const copies = scale === 'real' ? 70 : 1;
  for (const folder of packages) {
    const name = packageName(folder);
    for (let copy = 0; copy < copies; copy++) {
      const below = copy === 0 ? `src/${folder}` : `src/${folder}/part${String(copy)}`;
      yield* ['doc.go', `${name}.go`, `${name}_test.go`, `${name}_windows.go`].map(
        (file) => `${below}/${file}`,
      );
      if (copy % 2 === 0) yield `${below}/testdata/golden.txt`;
    }
  }
  // The real one has 3,800 tests outside `src`.
  const tests = scale === 'real' ? 3_600 : 30;
  for (let i = 0; i < tests; i++) yield `test/fixedbugs/issue${String(10_000 + i)}.go`;
}

function contentOf(name: string, plan: ReleasePlan, random: SeededRandom): Buffer {
  if (name === 'VERSION') {
    const time = plan.time.toISOString().replace(/\.\d+Z$/, 'Z');
    return Buffer.from(`${plan.version}\ntime ${time}\n`);
  }
  if (name.endsWith('go.mod')) {
    return Buffer.from(`module ${name === 'src/go.mod' ? 'std' : 'cmd'}\n\ngo 1.27\n`);
  }
  const average = plan.scale === 'real' ? (name.startsWith('test/') ? 1_600 : 12_400) : 1_500;
  const length = Math.floor(average / 2) + random.below(average);
  return sourceText(random, packageName(name.replace(/\/[^/]*$/, '')), length);
}

function packageName(folder: string): string {
  return (folder.split('/').at(-1) ?? '').replace(/[^a-z0-9]/g, '') || 'main';
}

function modeOf(name: string): number {
  return name.endsWith('.bash') ? 0o755 : 0o644;
}

/** Go sorts names by bytes; these are ASCII, where UTF-16 code units order alike. */
function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
