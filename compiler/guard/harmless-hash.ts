/** Hashes of contents that are everywhere and harm no one. */

import type { Guard } from './guard.ts';
import type { NameTable } from './name-table.ts';

/** What the content is, and its MD5, SHA-1, SHA-256 and, where it is common in lists, SHA-512. */
const CONTENTS: readonly [about: string, ...digests: string[]][] = [
  [
    'the empty file',
    'd41d8cd98f00b204e9800998ecf8427e',
    'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
  ],
  [
    'a file of one line feed',
    '68b329da9893e34099c7d8ad5cb9c940',
    'adc83b19e793491b1c6ea0fd8b46cd9f32e592fc',
    '01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b',
    'be688838ca8686e5c90689bf2ab585cef1137c999b48c70b92f67a5c34dc15697b5d11c982ed6d71be1e1e7f7b4e0733884aa97c3f7a339a8ed03577cf74be09',
  ],
  [
    'a file of one carriage return and line feed',
    '81051bcc2cf1bedf378224b0a93e2877',
    'ba8ab5a0280b953aa97435ff8946cbcbb2755a27',
    '7eb70257593da06f682a3ddda54a9d260d4fc514f645237f5ca74b08f8da61a6',
    '1b302a2f1e624a5fb5ad94ddc4e5f8bfd74d26fa37512d0e5face303d8c40eee0d0ffa3649f5da43f439914d128166cb6c4774a7caa3b174d7535451eb697b5d',
  ],
  [
    'a file of two carriage returns and line feeds',
    'cb492b7df9b5c170d7c87527940eff3b',
    '66928e6cbb59c3a3bce606959ef4a865fe04e642',
    'dba5166ad9db9ba648c1032ebbd34dcd0d085b50023b839ef5c68ca1db93a563',
    'ce677db6ae33c5496874a2902d30d361f6cf12576e96bd8a9f6626a0ca29f0b4f97e403e54711d24ebf34d4e183235a8f9951345d32a20f2dad476d911ee7e06',
  ],
  [
    'a file of one blank',
    '7215ee9c7d9dc229d2921a40e899ec5f',
    'b858cb282617fb0956d960215c8e84d1ccf909c6',
    '36a9e7f1c95b82ffb99743e0c5c4ce95d83c9a430aac59f84ef3cbfab6145068',
    'f90ddd77e400dfe6a3fcf479b00b1ee29e7015c5bb8cd70f5f15b4886cc339275ff553fc8a053f8ddc7324f45168cffaf81f8c3ac93996f6536eef38e5e40768',
  ],
  [
    'a file of one zero byte',
    '93b885adfe0da089cdf634904fd59f71',
    '5ba93c9db0cff93f52b521d7420e43f6eda2784f',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'b8244d028981d693af7b456af8efa4cad63d282e19ff14942c246e50d9351d22704a802a71c3580b6370de4ceb293c324a8423342557d4e5c38438f0e36910ee',
  ],
  [
    'a file of two zero bytes',
    'c4103f122d27677c9db144cae1394a66',
    '1489f923c4dca729178b3e3233458550d8dddf29',
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5ea71dc6d0b4f57bf39aadd07c208c35f06cd2bac5fde210397f70de11d439c62ec1cdf3183758865fd387fcea0bada2f6c37a4a17851dd1d78fefe6f204ee54',
  ],
  [
    'a file of four zero bytes',
    'f1d3ff8443297732862df21dc4e57262',
    '9069ca78e7450a285173431b3e52c5c25299e473',
    'df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce80524c014b81119',
    'ec2d57691d9b2d40182ac565032054b7d784ba96b18bcb5be0bb4e70e3fb041eff582c8af66ee50256539f2181d7f9e53627c0189da7e75a4d5ef10ea93b20b3',
  ],
  [
    'a file of eight zero bytes',
    '7dea362b3fac8e00956a4952a3d4f474',
    '05fe405753166f125559e7c9ac558654f107c7e9',
    'af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc',
    '1b7409ccf0d5a34d3a77eaabfa9fe27427655be9297127ee9522aa1bf4046d4f945983678169cb1a7348edcac47ef0d9e2c924130e5bcc5f0d94937852c42f1b',
  ],
  [
    'a file of 512 zero bytes',
    'bf619eac0cdf3f68d496ea9344137e8b',
    '5c3eb80066420002bc3dcc7ca4ab6efad7ed4ae5',
    '076a27c79e5ace2a3d47f9dd2e83e4ff6ea8872b3c2218f66c92b89b55f36560',
    'df40d4a774e0b453a5b87c00d6f0ef5d753143454e88ee5f7b607134598294c7905ccbcf94bbc46e474db6eb44e56a6dbb6d9a1be9d4fb5d1b5f2d0c6ed34bfe',
  ],
  [
    'a file of 1,024 zero bytes',
    '0f343b0931126a20f133d67c2b018a3b',
    '60cacbf3d72e1e7834203da608037b1bf83b40e8',
    '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    '8efb4f73c5655351c444eb109230c556d39e2c7624e9c11abc9e3fb4b9b9254218cc5085b454a9698d085cfa92198491f07a723be4574adc70617b73eb0b6461',
  ],
  [
    'a file of 4,096 zero bytes',
    '620f0b67a91f7f74151bc5be745b7110',
    '1ceaf73df40e531df3bfb26b4fb7cd95fb7bff1d',
    'ad7facb2586fc6e966c004d7d1d16b024f5805ff7cb47c7a85dabd8b48892ca7',
    '2d23913d3759ef01704a86b4bee3ac8a29002313ecc98a7424425a78170f219577822fd77e4ae96313547696ad7d5949b58e12d5063ef2ee063b595740a3a12d',
  ],
  [
    'a file of 65,536 zero bytes',
    'fcd6bcb56c1689fcef28b57c22475bad',
    '1adc95bebe9eea8c112d40cd04ab7a8d75c4f961',
    'de2f256064a0af797747c2b97505dc0b9f3df0de4f489eac731c23ae9ca9cc31',
    '73e4153936dab198397b74ee9efc26093dda721eaab2f8d92786891153b45b04265a161b169c988edb0db2c53124607b6eaaa816559c5ce54f3dbc9fa6a7a4b2',
  ],
  [
    'a file of 1,048,576 zero bytes',
    'b6d81b360a5672d80c27430f39153e2c',
    '3b71f43ff30f4b15b5cd85dd9e95ebc7e84eb5a3',
    '30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58',
    'd6292685b380e338e025b3415a90fe8f9d39a46e7bdba8cb78c50a338cefca741f69e4e46411c32de1afdedfb268e579a51f81ff85e56f55b0ee7c33fe8c25c9',
  ],
  [
    'an empty UTF-8 file with a byte order mark',
    'ecaa88f7fa0bf610a5a26cf545dcd3aa',
    '57218c316b6921e2cd61027a2387edc31a2d9471',
    'f1945cd6c19e56b3c1c78943ef5ec18116907a4ca1efc40a57d48ab1db7adfc5',
    '37c783b80b1d458b89e712c2dfe2777050eff0aefc9f6d8beedee77807d9aeb2e27d14815cf4f0229b1d36c186bb5f2b5ef55e632b108cc41e9fb964c39b42a5',
  ],
  [
    'an empty UTF-16 file with a byte order mark',
    'f3b25701fe362ec84616a93a45ce9998',
    'd62636d8caec13f04e28442a0a6fa1afeb024bbb',
    'b3d510ef04275ca8e698e5b3cbb0ece3949ef9252f0cdc839e9ee347409a2209',
    '98c5f56f3de340690c139e58eb7dac111979f0d4dffe9c4b24ff849510f4b6ffa9fd608c0a3de9ac3c9fd2190f0efaf715309061490f9755a9bfdf1c54ca0d84',
  ],
  [
    'the text `0`',
    'cfcd208495d565ef66e7dff9f98764da',
    'b6589fc6ab0dc82cf12099d1c2d40ab994e8410c',
    '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9',
    '31bca02094eb78126a517b206a88c73cfa9ec6f704c7030d18212cace820f025f00bf0ea68dbf3f3a5436ca63b53bf7bf80ad8d5de7d8359d0b7fed9dbc3ab99',
  ],
  [
    'the text `1`',
    'c4ca4238a0b923820dcc509a6f75849b',
    '356a192b7913b04c54574d18c28d46e6395428ab',
    '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',
    '4dff4ea340f0a823f15d3f4f01ab62eae0e5da579ccb851f8db9dfe84c58b2b37b89903a740e1ee172da793a6e79d560e5f7f9bd058a12a280433ed6fa46510a',
  ],
  [
    'the text `{}`',
    '99914b932bd37a50b983c5e7c90ae93b',
    'bf21a9e8fbc5a3846fb05b4fa0859e0917b2202f',
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    '27c74670adb75075fad058d5ceaf7b20c4e7786c83bae8a32f626f9782af34c9a33c2046ef60fd2a7878d378e29fec851806bbd9a67878f3a9f1cda4830763fd',
  ],
  [
    'the text `[]`',
    'd751713988987e9331980363e24189ce',
    '97d170e1550eee4afc0af065b78cda302a97674c',
    '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945',
    'b25b294cb4deb69ea00a4c3cf3113904801b6015e5956bd019a8570b1fe1d6040e944ef3cdee16d0a46503ca6e659a25f21cf9ceddc13f352a3c98138c15d6af',
  ],
  [
    'the text `null`',
    '37a6259cc0c1dae299a7866489dff0bd',
    '2be88ca4242c76e8253ac62474851065032d6833',
    '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b',
    '04f8ff2682604862e405bf88de102ed7710ac45c1205957625e4ee3e5f5a2241e453614acc451345b91bafc88f38804019c7492444595674e94e8cf4be53817f',
  ],
  [
    'the text `true`',
    'b326b5062b2f0e69046810717534cb09',
    '5ffe533b830f08a0326348a9160afafc8ada44db',
    'b5bea41b6c623f7c09f1bf24dcae58ebab3c0cdd90ad966bc43a45b44867e12b',
    '9120cd5faef07a08e971ff024a3fcbea1e3a6b44142a6d82ca28c6c42e4f852595bcf53d81d776f10541045abdb7c37950629415d0dc66c8d86c64a5606d32de',
  ],
  [
    'the text `false`',
    '68934a3e9455fa72420237eb05902327',
    '7cb6efb98ba5972a9b5090dc2e517fe14d12cb04',
    'fcbcf165908dd18a9e49f7ff27810176db8e9f63b4352213741664245224f8aa',
    '719fa67eef49c4b2a2b83f0c62bddd88c106aaadb7e21ae057c8802b700e36f81fe3f144812d8b05d66dc663d908b25645e153262cf6d457aa34e684af9e328d',
  ],
  [
    'the text `test`',
    '098f6bcd4621d373cade4e832627b4f6',
    'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'ee26b0dd4af7e749aa1a8ee3c10ae9923f618980772e473f8819a5d4940e0db27ac185f8a0e1d5f84f88bc887fd67b143732c304cc5fa9ad8e6f57f50028a8ff',
  ],
  [
    'the line `test`',
    'd8e8fca2dc0f896fd7cb4cb0031ba249',
    '4e1243bd22c66e76c2ba9eddc1f91394e57f9f83',
    'f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2',
    '0e3e75234abc68f4378a86b3f4b32a198ba301845b0cd6e50106e874345700cc6663a86c1ea125dc5e92be17c98f9a0f85ca9d5f595db2012f7cc3571945c123',
  ],
  [
    'the text `foo`',
    'acbd18db4cc2f85cedef654fccc4a4d8',
    '0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33',
    '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    'f7fbba6e0636f890e56fbbf3283e524c6fa3204ae298382d624741d0dc6638326e282c41be5e4254d8820772c5518a2c5a8c0c7f7eda19594a7eb539453e1ed7',
  ],
  [
    'the line `foo`',
    'd3b07384d113edec49eaa6238ad5ff00',
    'f1d2d2f924e986ac86fdf7b36c94bcdf32beec15',
    'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
    '0cf9180a764aba863a67b6d72f0918bc131c6772642cb2dce5a34f0a702f9470ddc2bf125c12198b1995c233c34b4afd346c54a2334c350a948a51b6e8b4e6b6',
  ],
  [
    'the text `bar`',
    '37b51d194a7513e45b56f6524f2d51f2',
    '62cdb7020ff920e5aa642c3d4066950dd1f01f4d',
    'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
    'd82c4eb5261cb9c8aa9855edd67d1bd10482f41529858d925094d173fa662aa91ff39bc5b188615273484021dfb16fd8284cf684ccf0fc795be3aa2fc1e6c181',
  ],
  [
    'the line `bar`',
    'c157a79031e1c40f85931829bc5fc552',
    'e242ed3bffccdf271b7fbaf34ed72d089537b42f',
    '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
    'cc06808cbbee0510331aa97974132e8dc296aeb795be229d064bae784b0a87a5cf4281d82e8c99271b75db2148f08a026c1a60ed9cabdb8cac6d24242dac4063',
  ],
  [
    'the text `hello`',
    '5d41402abc4b2a76b9719d911017c592',
    'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d',
    '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    '9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043',
  ],
  [
    'the text `hello world`',
    '5eb63bbbe01eeed093cb22bb8f5acdc3',
    '2aae6c35c94fcfb415dbe95f408b9ce91ee846ed',
    'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    '309ecc489c12d6eb4cc40f50c902f2b4d0ed77ee511a7c7a9bcd3ca86d4cd86f989dd35bc5ff499670da34255b45b0cfd830e81f605dcf7dc5542e93ae9cd76f',
  ],
  [
    'the text `password`',
    '5f4dcc3b5aa765d61d8327deb882cf99',
    '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8',
    '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
    'b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb980b1d7785e5976ec049b46df5f1326af5a2ea6d103fd07c95385ffab0cacbc86',
  ],
  [
    'an empty ZIP archive',
    '76cdb2bad9582d23c1f6f4d868218d6c',
    'b04f3ee8f5e43fa3b162981b50bb72fe1acabb33',
    '8739c76e681f900923b900c9df0ef75cf421d39cabb54650c4b9ad19b6a76d85',
    '5e2f959f36b66df0580a94f384c5fc1ceeec4b2a3925f062d7b68f21758b86581ac2adcfdde73a171a28496e758ef1b23ca4951c05455cdae9357cc3b5a5825f',
  ],
  [
    'the EICAR test file of antivirus programs',
    '44d88612fea8a8f36de82e1278abb02f',
    '3395856ce81f2b7382dee72602f798b642f14140',
    '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
    'cc805d5fab1fd71a4ab352a9c533e65fb2d5b885518f4e565e68847223b8e6b85cb48f3afad842726d99239c9e36505c64b0dc9a061d9e507d833277ada336ab',
  ],
  [
    'the EICAR test file with a line feed',
    '69630e4574ec6798239b091cda43dca0',
    'cf8bd9dfddff007f75adf4c2be48005cea317c62',
    '131f95c51cc819465fa1797f6ccacf9d494aaaff46fa3eac73ae63ffbdfd8267',
    '5581f85b25f0d80fa84c69e7ca24d98344f5fbaec45b7707dccf139a8c065961391d6e762516ee1db3137c4d82eca7fbc67c348c37ea0d615bb88161cf3b3008',
  ],
  [
    'the EICAR test file with a carriage return and line feed',
    'e7e5fa40569514ec442bbdf755d89c2f',
    'a6c80ce949469cc86f6c22355f4d3bb8773fc634',
    '8b3f191819931d1f2cef7289239b5f77c00b079847b9c2636e56854d1e5eff71',
    'ccce9399207febdf4ca1935f8e2768497266586907a9b9efea876d322868ed128671db82862591f9f37a70a9838953df60206e58a3b0944b5c7c0394f822a597',
  ],
];

const HASHES: ReadonlyMap<string, string> = new Map(
  CONTENTS.flatMap(([about, ...digests]) => digests.map((digest) => [digest, about] as const)),
);

/** Adds what the guard of harmless hashes may speak of. */
export function addHarmlessHashes(texts: NameTable): void {
  for (const hash of HASHES.keys()) texts.add(hash);
}

/** The guard of hashes that every computer has a file for. */
export const harmlessHash: Guard = ({ kind, value }) => {
  const about = kind === 'hash' ? HASHES.get(value) : undefined;
  if (about === undefined) return [];
  return [
    {
      guard: 'harmless-hash',
      list: 'harmless hashes',
      relation: 'exact',
      entry: value,
      about: `the hash of ${about}`,
      strength: 'always',
    },
  ];
};
